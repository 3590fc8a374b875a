namespace Detector.Worker.Cli;

/// <summary>What the process tells its caller; 64 and up as in sysexits.h.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It failed while running.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>A check found a dependency that cannot be reached.</summary>
    public const int Unavailable = 69;

    /// <summary>The configuration or an artifact cannot be used.</summary>
    public const int Configuration = 78;
}
