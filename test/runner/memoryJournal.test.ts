import { journalConformance } from '../conformance/journal.ts';
import { memoryTasks } from '../support/memoryTasks.ts';

journalConformance('in memory', memoryTasks);
