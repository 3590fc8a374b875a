namespace Detector.Worker.Hosting.Reloading;

/// <summary>Somebody's wish that the configuration be read again. Asked for on any thread; several wishes before the service looks are one.</summary>
internal sealed class ReloadRequest
{
    private int _asked;

    public void Ask() => Interlocked.Exchange(ref _asked, 1);

    /// <summary>Whether it was asked for since the last look.</summary>
    public bool Take() => Interlocked.Exchange(ref _asked, 0) == 1;
}
