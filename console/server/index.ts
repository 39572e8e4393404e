export { type ConsoleOptions, type RunningConsole, startConsole } from './start.ts';
