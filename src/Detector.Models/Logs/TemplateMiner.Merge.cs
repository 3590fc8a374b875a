using System.Runtime.InteropServices;

namespace Detector.Models.Logs;

/// <summary>How kinds of lines become one.</summary>
public sealed partial class TemplateMiner
{
    /// <summary>Lines that meet with all values of their <c>key=value</c> pairs variable, and differ in two of them, are one kind from the third on.</summary>
    private const int MinValues = 3;

    /// <summary>Words beside the variable token that make a place in an index worth merging by.</summary>
    private const int MinOtherWords = 2;

    /// <summary>Kinds remembered at one place of the index: a place is decided long before.</summary>
    private const int MaxMeeting = 64;

    private const ulong ValuesSalt = 0xA24BAED4963EE407;

    private Signature Insert(byte[] text, ulong hash)
    {
        var signature = new Signature(text, hash);
        var template = new LogTemplate(signature);
        signature.Template = template;
        _signatures.Add(hash, signature);
        Link(signature);
        // An id that is taken is that of a template which has become more general: it is found by it.
        while (!_templates.TryAdd(template.IdValue, template))
            template.IdValue = StableHash.Mix(template.IdValue, 1) & LogTemplate.IdMask;
        Enter(signature);
        return signature;
    }

    /// <summary>Enters a signature into the index, and merges it with what it meets there.</summary>
    private void Enter(Signature signature)
    {
        byte[] text = signature.Text;
        Span<byte> general = text.Length < 1024 ? stackalloc byte[1026] : new byte[text.Length + 2];
        var tokens = new Tokens(text, _ends);
        for (int p = 0; tokens.Count > 1 && p < Math.Min(tokens.Count, MaxIndexed); p++)
        {
            // The ends are reused by what is inserted on the way.
            tokens = new Tokens(text, _ends);
            int length = tokens.WithStar(p, general);
            MeetAt(signature, tokens, p, general[..length]);
        }

        tokens = new Tokens(text, _ends);
        if (tokens.WithoutValues(general) is > 0 and int skeleton)
            MeetByValues(signature, tokens, general[..skeleton]);
    }

    private void MeetAt(Signature signature, in Tokens tokens, int p, ReadOnlySpan<byte> general)
    {
        ulong key = StableHash.Of(general);
        int others = tokens.Words - (tokens.IsWord(p) ? 1 : 0);
        if (tokens.IsStar(p))
        {
            if (others < MinOtherWords)
                return;
            _stars.TryAdd(key, signature);
            if (!_meetings.TryGetValue(key, out List<Signature>? waiting))
                return;
            foreach (Signature other in waiting)
                Merge(signature, other);
            return;
        }

        List<Signature> meeting = Meet(key, signature);
        int needed = options.MinWords + (others < 3 ? options.ShortLineExtra : 0) + (tokens.IsState(p) ? options.StateExtra : 0);
        if (_stars.TryGetValue(key, out Signature? known))
            Merge(known, signature);
        else if (!tokens.IsMixed(p) && others > 0 && meeting.Count >= needed)
            Generalise(general, key, meeting, tokens.Displayed(p));
    }

    private void MeetByValues(Signature signature, in Tokens tokens, ReadOnlySpan<byte> skeleton)
    {
        ulong hash = StableHash.Of(skeleton);
        List<Signature> meeting = Meet(hash ^ ValuesSalt, signature);
        if (meeting.Count < MinValues)
            return;
        int differences = 0;
        foreach (Signature other in meeting)
            differences = Math.Max(differences, tokens.Differences(new Tokens(other.Text, _otherEnds)));
        if (differences >= 2)
            Generalise(skeleton, hash, meeting, skeleton.ToArray());
    }

    private List<Signature> Meet(ulong key, Signature signature)
    {
        ref List<Signature>? meeting = ref CollectionsMarshal.GetValueRefOrAddDefault(_meetings, key, out _);
        meeting ??= new List<Signature>(1);
        if (meeting.Count < MaxMeeting)
            meeting.Add(signature);
        return meeting;
    }

    /// <summary>Makes one kind of all that meet, whose text is the general one.</summary>
    private void Generalise(ReadOnlySpan<byte> text, ulong hash, List<Signature> meeting, byte[] displayed)
    {
        if (!_signatures.TryGetValue(hash, out Signature? general))
        {
            general = Insert(text.ToArray(), hash);
            general.Template.Displayed = displayed;
        }

        foreach (Signature other in meeting.ToArray())
            Merge(general, other);
    }

    private void Merge(Signature general, Signature other)
    {
        LogTemplate into = general.Template;
        LogTemplate from = other.Template;
        if (ReferenceEquals(into, from))
            return;
        _templates.Remove(from.IdValue);
        if (from.IsPinned && !into.IsPinned)
        {
            // What refers to the pinned one goes on.
            _templates.Remove(into.IdValue);
            _aliases[into.IdValue] = from.IdValue;
            (into.IdValue, into.IsPinned, into.Slot) = (from.IdValue, true, from.Slot);
            _templates.Add(into.IdValue, into);
        }
        else
        {
            _aliases[from.IdValue] = into.IdValue;
        }

        foreach (Signature signature in from.Signatures)
            signature.Template = into;
        into.Signatures.AddRange(from.Signatures);
        if (into.Count < from.Count)
            into.Example = from.Example;
        into.Count += from.Count;
    }

    private void Evict()
    {
        while (_signatures.Count > options.MaxSignatures && _oldest is { } oldest)
            Forget(oldest);
        if (_aliases.Count > 4 * options.MaxSignatures)
            _aliases.Clear();
    }

    private void Forget(Signature signature)
    {
        Unlink(signature);
        _signatures.Remove(signature.Hash);
        byte[] text = signature.Text;
        Span<byte> general = text.Length < 1024 ? stackalloc byte[1026] : new byte[text.Length + 2];
        var tokens = new Tokens(text, _ends);
        for (int p = 0; tokens.Count > 1 && p < Math.Min(tokens.Count, MaxIndexed); p++)
        {
            ulong key = StableHash.Of(general[..tokens.WithStar(p, general)]);
            if (!tokens.IsStar(p))
                Leave(key, signature);
            else if (_stars.TryGetValue(key, out Signature? star) && ReferenceEquals(star, signature))
                _stars.Remove(key);
        }

        if (tokens.WithoutValues(general) is > 0 and int skeleton)
            Leave(StableHash.Of(general[..skeleton]) ^ ValuesSalt, signature);
        LogTemplate template = signature.Template;
        template.Signatures.Remove(signature);
        if (template.Signatures.Count > 0 || template.IsPinned)
            return;
        _templates.Remove(template.IdValue);
        Evicted++;
    }

    private void Leave(ulong key, Signature signature)
    {
        if (_meetings.TryGetValue(key, out List<Signature>? meeting) && meeting.Remove(signature) && meeting.Count == 0)
            _meetings.Remove(key);
    }
}
