using Detector.Models.Compute;
using Detector.Models.Logs;
using Detector.Models.Logs.Sessions;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding.Sparkplug;

namespace Detector.Worker.Decoding.Logs;

/// <summary>
/// The open sessions of a source, and the model that judges those that end. Learns from those that end before there is a model; has no network of
/// its own, since what it says are features of the pipeline's.
/// </summary>
internal sealed class SessionTracker(LogOptions options, TimeProvider clock)
{
    /// <summary>Sessions fewer than which no model can be made of.</summary>
    public const int LeastSessions = 50;

    /// <summary>Sessions that are learned from at most, the latest.</summary>
    private const int MostSessions = 20_000;

    private static readonly SessionModelOptions s_model = new() { Network = null };

    private readonly byte[] _prefix = System.Text.Encoding.UTF8.GetBytes(options.Session!);
    private readonly Dictionary<byte[], LinkedListNode<OpenSession>> _open = new(Utf8Comparer.Instance);
    private readonly LinkedList<OpenSession> _byAge = [];
    private readonly Queue<ulong[]> _learned = [];
    private SessionModel? _model;

    /// <summary>Told of every session that ends once there is a model.</summary>
    public Action<OpenSession, SessionVerdict>? Judged { get; set; }

    public bool CanLearn => _learned.Count >= LeastSessions;

    public IEnumerable<string> Views => _model is null ? [] : _model.Judge([]).Views.Keys;

    /// <summary>Takes a line.</summary>
    /// <param name="series">Series that the line counts in.</param>
    public void Add(ReadOnlySpan<byte> line, LogTemplate template, LogSeries series, long ticks)
    {
        ReadOnlySpan<byte> key = Key(line);
        if (key.IsEmpty)
            return;
        if (_open.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out LinkedListNode<OpenSession>? node))
        {
            _byAge.Remove(node);
        }
        else
        {
            node = new LinkedListNode<OpenSession>(new OpenSession(key.ToArray(), series));
            _open.Add(node.Value.Key, node);
        }

        _byAge.AddLast(node);
        node.Value.Add(template, ticks);
        if (_open.Count > options.MaxSessions)
            End(_byAge.First!);
    }

    /// <summary>Ends the sessions that have had no line for so long.</summary>
    public void EndUntil(long ticks)
    {
        while (_byAge.First is { } first && first.Value.LastTicks + options.SessionTimeout.Ticks <= ticks)
            End(first);
    }

    /// <summary>Ends all of them: the input is over.</summary>
    public void EndAll()
    {
        while (_byAge.First is { } first)
            End(first);
    }

    /// <summary>Makes a model of the sessions so far.</summary>
    /// <param name="current">What an id has become since.</param>
    public void Learn(Func<ulong, ulong> current) => Learn([.. _learned.Select(session => Array.ConvertAll(session, id => current(id)))]);

    /// <summary>Grows with the sessions that are learned from.</summary>
    public long Learned { get; private set; }

    /// <summary>Writes the sessions that are learned from.</summary>
    public void SaveLearned(BinaryWriter writer)
    {
        writer.Write(Learned);
        writer.Write(_model is not null);
        writer.Write(_learned.Count);
        foreach (ulong[] session in _learned)
            writer.Write<ulong>(session);
    }

    public void LoadLearned(BinaryReader reader)
    {
        Learned = reader.ReadInt64();
        bool hasModel = reader.ReadBoolean();
        var sessions = new ulong[reader.ReadInt32()][];
        for (int i = 0; i < sessions.Length; i++)
            sessions[i] = reader.ReadArray<ulong>();
        foreach (ulong[] session in sessions)
            _learned.Enqueue(session);
        if (hasModel)
            Train(sessions);
    }

    /// <summary>Writes the sessions that have not ended.</summary>
    public void SaveOpen(BinaryWriter writer)
    {
        writer.Write(_byAge.Count);
        foreach (OpenSession session in _byAge)
            session.Save(writer);
    }

    /// <param name="seriesOf">Finds a series by its key.</param>
    public void LoadOpen(BinaryReader reader, Func<byte[], LogSeries> seriesOf)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            var session = OpenSession.Load(reader, seriesOf);
            _open.Add(session.Key, _byAge.AddLast(session));
        }
    }

    private void Learn(ulong[][] sessions)
    {
        Learned++;
        _learned.Clear();
        foreach (ulong[] session in sessions)
            _learned.Enqueue(session);
        if (CanLearn)
            Train(sessions);
    }

    private void Train(ulong[][] sessions) => _model = SessionModel.Train(sessions, s_model, ComputeDevice.Select("cpu"), clock);

    private void End(LinkedListNode<OpenSession> node)
    {
        _byAge.Remove(node);
        _open.Remove(node.Value.Key);
        if (_model is not null)
        {
            Judged?.Invoke(node.Value, _model.Judge([.. node.Value.Events]));
            return;
        }

        Learned++;
        _learned.Enqueue([.. node.Value.Events]);
        if (_learned.Count > MostSessions)
            _learned.Dequeue();
    }

    private ReadOnlySpan<byte> Key(ReadOnlySpan<byte> line)
    {
        int at = line.IndexOf(_prefix);
        if (at < 0)
            return default;
        int end = at + _prefix.Length;
        while (end < line.Length && end - at < 128 && (char.IsAsciiLetterOrDigit((char)line[end]) || line[end] is (byte)'_' or (byte)'-'))
            end++;
        return line[at..end];
    }
}
