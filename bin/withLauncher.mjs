// Loaded into the process that a bin/ script started. When that script is gone (killed with -9, say), this process
// ends too: left behind, it would hold the data folder's lock and the next start would be refused.
process.once('disconnect', () => process.exit(128 + 9));
process.channel?.unref();
