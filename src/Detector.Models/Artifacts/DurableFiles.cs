using System.Runtime.InteropServices;

namespace Detector.Models.Artifacts;

/// <summary>Writes that survive a power cut.</summary>
public static partial class DurableFiles
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux x64
    private const int ReadOnlyDirectoryArm = 0x4000; // the same on Linux arm64

    /// <summary>Writes a new file; it is durable when this returns, but for its name.</summary>
    /// <exception cref="IOException">It is there already, or the disk refused.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            file.Write(content);
        }
        catch (ArgumentOutOfRangeException error)
        {
            // So .NET tells of EFBIG, which is no bug of the caller.
            throw new IOException($"'{path}' cannot have {content.Length} bytes: the system limits the size of files (ulimit -f, systemd's LimitFSIZE).", error);
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Makes a folder's entries durable; .NET cannot open folders, so through libc. Nothing to do on other systems.</summary>
    /// <exception cref="IOException">The folder could not be opened or synced.</exception>
    public static void SyncDirectory(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var flags = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? ReadOnlyDirectoryArm : ReadOnlyDirectory;
        var descriptor = Open(path, flags);
        if (descriptor < 0)
            throw new IOException($"Folder '{path}' could not be opened to be synced (errno {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Sync(descriptor) < 0)
                throw new IOException($"Folder '{path}' could not be synced (errno {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
