using Detector.Worker.Web;

namespace Detector.Worker.Hosting.Reloading;

/// <summary>Somebody's wish that the configuration be read again, until the service has looked at it.</summary>
internal sealed class ReloadRequest : IReload
{
    private TaskCompletionSource<IReadOnlyList<string>>? _asked;

    public Task<IReadOnlyList<string>> AskAsync()
    {
        var mine = new TaskCompletionSource<IReadOnlyList<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _asked, mine, null) ?? mine).Task;
    }

    /// <summary>Who has asked since the last look, and is to be told what is wrong; null when nobody has.</summary>
    public TaskCompletionSource<IReadOnlyList<string>>? Take() => Interlocked.Exchange(ref _asked, null);
}
