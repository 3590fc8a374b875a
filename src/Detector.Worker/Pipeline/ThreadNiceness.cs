using System.Runtime.InteropServices;

namespace Detector.Worker.Pipeline;

/// <summary>How readily a thread lets others have the processor; .NET has no priorities of threads on Linux, so through libc.</summary>
internal static partial class ThreadNiceness
{
    private const int OfProcess = 0; // PRIO_PROCESS; 0 for whom is the calling thread on Linux

    /// <summary>The calling thread gets what the threads of usual niceness (0) leave, but for about a tenth. Nothing happens on other systems.</summary>
    public const int Background = 10;

    /// <summary>Sets the niceness of the calling thread, for good: only a privileged process may lower it again.</summary>
    /// <returns>Whether the system took it.</returns>
    public static bool Raise(int niceness) => OperatingSystem.IsLinux() && SetPriority(OfProcess, 0, niceness) == 0;

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);
}
