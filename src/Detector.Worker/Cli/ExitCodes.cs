namespace Detector.Worker.Cli;

/// <summary>Exit codes of every command, after sysexits.h.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>Something failed while running.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>Something that the service depends on cannot be reached.</summary>
    public const int Unavailable = 69;

    /// <summary>The configuration or an artifact is wrong.</summary>
    public const int Configuration = 78;
}
