import { officeConformance } from '../conformance/office.ts';
import { memoryUnderTest } from '../support/memoryUnderTest.ts';

officeConformance('in memory', () => memoryUnderTest(async (office) => ({ office, close: async () => {} })));
