namespace Detector.Models.Logs.Sessions;

/// <summary>A session as the views see it.</summary>
internal sealed class SessionVector
{
    public SessionVector(SessionVocabulary vocabulary, ulong[] events)
    {
        Events = events;
        Counts = new double[vocabulary.Events];
        Values = new double[vocabulary.Size];
        var unknown = new HashSet<ulong>();
        foreach (ulong id in events)
        {
            int place = vocabulary.Place(id);
            if (place < Counts.Length)
                Counts[place]++;
            else
                unknown.Add(id);
        }

        Unknown = unknown.Count;
        foreach ((int, int) transition in vocabulary.Transitions(events))
        {
            if (vocabulary.Place(transition) is { } place)
                Values[place]++;
        }

        Counts.CopyTo(Values, 0);
        for (int i = 0; i < Values.Length; i++)
            Values[i] = Math.Log2(1 + Values[i]);
    }

    public ulong[] Events { get; }

    /// <summary>Count of each known event.</summary>
    public double[] Counts { get; }

    /// <summary>Different events that no normal session had.</summary>
    public int Unknown { get; }

    /// <summary>Logarithms (base 2, of the count plus one) of the counts of events and transitions.</summary>
    public double[] Values { get; }
}
