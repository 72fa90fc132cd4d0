namespace Lacuna.Tests;

/// <summary>Tests that measure or change the process as a whole: no other runs beside them.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public class OneAtATime;
