using Detector.Models.Artifacts;

namespace Detector.Worker.State;

/// <summary>Keeps state in folders <c>source/partition</c>.</summary>
/// <param name="directory">Root folder; made when first needed.</param>
/// <param name="refused">Told of every file that cannot be used, a sentence each.</param>
internal sealed class DirectoryStateStore(string directory, Action<string> refused) : IStateStore
{
    private const int Attempts = 5;

    /// <summary>
    /// Finds the state and writes at once that nothing has changed: whoever had the partition before, and does not know yet that it is gone, finds
    /// the next number taken and gives it up.
    /// </summary>
    public IPartitionState Open(string source, string partition, long? committed = null)
    {
        string folder = Path.Combine(directory, SafeName.Of(source), SafeName.Of(partition));
        for (int attempt = 1; ; attempt++)
        {
            var state = new DirectoryPartition(folder, refused, committed);
            if (state.Position is not { } position)
                return state;
            try
            {
                state.Append(new StateDelta(position, state.Common, []));
                return state;
            }
            catch (StateLostException) when (attempt < Attempts)
            {
                state.Dispose();
            }
            catch (IOException error)
            {
                refused($"The state in '{folder}' can be read but not written: {error.Message.TrimEnd('.')}. Positions are kept back until it can.");
                return state;
            }
        }
    }

    public void Dispose()
    {
    }
}
