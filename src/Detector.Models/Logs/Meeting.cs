namespace Detector.Models.Logs;

/// <summary>The kinds that would have one text if one token, or all values, were variable. Owned by the miner.</summary>
internal sealed class Meeting
{
    /// <summary>Kinds remembered at one place of the index: a place is decided long before.</summary>
    private const int MaxMembers = 64;

    private readonly List<Signature> _members = new(1);

    public IReadOnlyList<Signature> Members => _members;

    /// <summary>Members whose token is wholly a word.</summary>
    public int Plain { get; private set; }

    /// <summary>Those of them that are no state, such as capitals or a truth value.</summary>
    public int Words { get; private set; }

    /// <summary>Whether two of them were seen to differ in two values.</summary>
    public bool Differ { get; set; }

    /// <summary>False when there are enough.</summary>
    public bool TryEnter(Signature signature, bool plain, bool state)
    {
        if (_members.Count >= MaxMembers)
            return false;
        _members.Add(signature);
        Plain += plain ? 1 : 0;
        Words += plain && !state ? 1 : 0;
        return true;
    }

    public void Leave(Signature signature, bool plain, bool state)
    {
        _members.Remove(signature);
        Plain -= plain ? 1 : 0;
        Words -= plain && !state ? 1 : 0;
    }
}
