using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Ingestion;

namespace Detector.Worker.Tests.Ingestion;

public sealed class OffsetLedgerTests
{
    [Fact]
    public void TryTakeFinished_OutOfOrder_TellsTheContiguousPrefixOnly()
    {
        var ledger = new OffsetLedger(8);
        Receipt[] receipts = [.. new long[] { 5, 6, 9, 12 }.Select(offset => Begin(ledger, offset))];
        receipts[1].Release();
        Assert.False(ledger.TryTakeFinished(out _));
        receipts[0].Release();
        Assert.True(ledger.TryTakeFinished(out long next));
        Assert.Equal(7, next);
        Assert.False(ledger.TryTakeFinished(out _));
        receipts[3].Release();
        receipts[2].Release();
        Assert.True(ledger.TryTakeFinished(out next));
        Assert.Equal(13, next);
        Assert.Equal(0, ledger.InFlight);
    }

    [Fact]
    public void Release_Retained_FinishesWithTheLastClaim()
    {
        var ledger = new OffsetLedger(2);
        Receipt receipt = Begin(ledger, 0);
        receipt.Retain();
        receipt.Release();
        Assert.False(ledger.TryTakeFinished(out _));
        receipt.Release();
        Assert.True(ledger.TryTakeFinished(out long next));
        Assert.Equal(1, next);
        Assert.Throws<InvalidOperationException>(receipt.Release);
    }

    [Fact]
    public void TryBegin_Full_RefusesUntilThePrefixMoves()
    {
        var ledger = new OffsetLedger(2);
        Receipt first = Begin(ledger, 0);
        Receipt second = Begin(ledger, 1);
        second.Release();
        Assert.False(ledger.TryBegin(2, out _));
        first.Release();
        Assert.True(ledger.TryBegin(2, out _));
        Assert.True(ledger.TryBegin(3, out _));
        Assert.False(ledger.TryBegin(4, out _));
    }

    [Fact]
    public void TryTakeFinished_SlotOfTheLastFinishedTakenAgain_StillTellsItsOffset()
    {
        var ledger = new OffsetLedger(2);
        Begin(ledger, 10).Release();
        Begin(ledger, 11);
        Assert.Equal(1, ledger.InFlight);
        Begin(ledger, 12);
        Assert.True(ledger.TryTakeFinished(out long next));
        Assert.Equal(11, next);
    }

    [Fact]
    public async Task Release_FromOtherThreads_LosesNothingAndAllocatesNothing()
    {
        const int Messages = 200_000;
        var ledger = new OffsetLedger(64);
        using var handed = new System.Collections.Concurrent.BlockingCollection<Receipt>(64);
        Task[] workers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            foreach (Receipt receipt in handed.GetConsumingEnumerable())
            {
                receipt.Retain();
                receipt.Release();
                receipt.Release();
            }
        }))];

        long last = -1;
        for (long offset = 0; offset < Messages; offset++)
        {
            Receipt receipt;
            while (!ledger.TryBegin(offset, out receipt))
                Thread.Yield();
            handed.Add(receipt, TestContext.Current.CancellationToken);
            if (ledger.TryTakeFinished(out long next))
            {
                Assert.InRange(next, last + 1, offset + 1);
                last = next;
            }
        }

        handed.CompleteAdding();
        await Task.WhenAll(workers);
        Assert.Equal(0, ledger.InFlight);
        Assert.True(last == Messages || ledger.TryTakeFinished(out last));
        Assert.Equal(Messages, last);
    }

    [Fact]
    public void TryBegin_SteadyState_AllocatesNothing()
    {
        var ledger = new OffsetLedger(16);
        long offset = 0;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (long end = offset + 100_000; offset < end; offset++)
            {
                Begin(ledger, offset).Release();
                ledger.TryTakeFinished(out _);
            }
        }));
    }

    private static Receipt Begin(OffsetLedger ledger, long offset)
    {
        Assert.True(ledger.TryBegin(offset, out Receipt receipt));
        return receipt;
    }
}
