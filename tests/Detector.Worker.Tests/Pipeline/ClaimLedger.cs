using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Counts the claims of every message; a claim that is released twice fails the test that asks.</summary>
internal sealed class ClaimLedger : IReceiptLedger
{
    private readonly Lock _lock = new();
    private readonly List<int> _claims = [];
    private bool _broken;

    /// <summary>Messages begun.</summary>
    public int Begun
    {
        get
        {
            lock (_lock)
                return _claims.Count;
        }
    }

    /// <summary>Numbers of the messages on which something still depends.</summary>
    public IReadOnlyList<int> Unfinished
    {
        get
        {
            lock (_lock)
            {
                Assert.False(_broken, "A claim was released twice, or taken after the last was released.");
                return [.. _claims.Index().Where(pair => pair.Item > 0).Select(pair => pair.Index)];
            }
        }
    }

    public Receipt Begin()
    {
        lock (_lock)
        {
            _claims.Add(1);
            return new Receipt(this, _claims.Count - 1);
        }
    }

    public void Retain(long ticket) => Change(ticket, +1);

    public void Release(long ticket) => Change(ticket, -1);

    private void Change(long ticket, int by)
    {
        lock (_lock)
        {
            _broken |= _claims[(int)ticket] <= 0;
            _claims[(int)ticket] += by;
        }
    }
}
