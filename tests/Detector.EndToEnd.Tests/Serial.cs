// Every test starts processes that use all cores: one after the other, so that none waits for another's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
