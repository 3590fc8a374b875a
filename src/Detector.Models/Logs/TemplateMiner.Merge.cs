using System.Runtime.InteropServices;

namespace Detector.Models.Logs;

/// <summary>How kinds of lines become one.</summary>
public sealed partial class TemplateMiner
{
    /// <summary>Lines that meet with all values of their <c>key=value</c> pairs variable, and differ in two of them, are one kind from the third on.</summary>
    private const int MinValues = 3;

    /// <summary>Words beside the variable token that make a place in an index worth merging by.</summary>
    private const int MinOtherWords = 2;

    private const ulong ValuesSalt = 0xA24BAED4963EE407;

    private Signature Insert(byte[] text, ulong hash)
    {
        var signature = new Signature(text, hash, _inserted++);
        _signatures.Add(hash, signature);
        _textBytes += text.Length;
        Link(signature);
        // A template outlives the lines that it was made of, and is known by the ids that it had.
        if (Find(signature.BareHash & LogTemplate.IdMask) is { } known)
        {
            signature.Template = known;
            known.Signatures.Add(signature);
            if (known.Name.Hash == hash)
                (signature.Displayed, known.Name) = (known.Name.Displayed, signature);
        }
        else
        {
            signature.Template = new LogTemplate(signature);
            _templates.Add(signature.Template.IdValue, signature.Template);
        }

        Enter(signature, merge: true);
        return signature;
    }

    /// <summary>Enters a signature into the index.</summary>
    /// <param name="merge">Whether it is new: it is then merged with what it meets there. One that was saved has been.</param>
    private void Enter(Signature signature, bool merge)
    {
        byte[] text = signature.Text;
        Span<byte> general = text.Length < 1024 ? stackalloc byte[1026] : new byte[text.Length + 2];
        var tokens = new Tokens(text, _ends);
        for (int p = 0; tokens.Count > 1 && p < Math.Min(tokens.Count, MaxIndexed); p++)
        {
            // The ends are reused by what is inserted on the way.
            tokens = new Tokens(text, _ends);
            int length = tokens.WithStar(p, general);
            ulong key = StableHash.Of(general[..length]);
            if (tokens.IsStar(p))
                EnterStar(signature, tokens, key, merge);
            else if (merge)
                MeetAt(signature, tokens, p, general[..length], key);
            else if ((signature.Met >> p & 1) != 0)
                MeetingAt(key).TryEnter(signature, !tokens.IsMixed(p), tokens.IsState(p));
        }

        tokens = new Tokens(text, _ends);
        if (tokens.WithoutValues(general) is > 0 and int skeleton)
            MeetByValues(signature, tokens, general[..skeleton], merge);
    }

    private void EnterStar(Signature signature, in Tokens tokens, ulong key, bool merge)
    {
        if (tokens.Words < MinOtherWords)
            return;
        if (!_stars.TryAdd(key, signature) && merge)
            Merge(_stars[key], signature);
        if (!merge || !_meetings.TryGetValue(key, out Meeting? waiting))
            return;
        foreach (Signature other in waiting.Members)
            Merge(signature, other);
    }

    private void MeetAt(Signature signature, in Tokens tokens, int p, ReadOnlySpan<byte> general, ulong key)
    {
        int others = tokens.Words - (tokens.IsWord(p) ? 1 : 0);
        Meeting meeting = MeetingAt(key);
        if (meeting.TryEnter(signature, !tokens.IsMixed(p), tokens.IsState(p)))
            signature.Met |= 1UL << p;
        int needed = options.MinWords + (others < 3 ? options.ShortLineExtra : 0) + (meeting.Words == 0 ? options.StateExtra : 0);
        if (_stars.TryGetValue(key, out Signature? known))
            Join(known, signature, tokens.Displayed(p));
        else if (meeting.Plain > 0 && others > 0 && meeting.Members.Count >= needed)
            Generalise(general, key, meeting, signature, tokens.Displayed(p));
    }

    private void MeetByValues(Signature signature, in Tokens tokens, ReadOnlySpan<byte> skeleton, bool merge)
    {
        ulong hash = StableHash.Of(skeleton);
        if (!merge && (signature.Met >> Signature.ValuesBit & 1) == 0)
            return;
        Meeting meeting = MeetingAt(hash ^ ValuesSalt);
        for (int i = 0; merge && !meeting.Differ && i < meeting.Members.Count; i++)
            meeting.Differ = tokens.Differences(new Tokens(meeting.Members[i].Text, _otherEnds)) >= 2;
        meeting.Differ |= (signature.Met >> Signature.DifferBit & 1) != 0;
        if (meeting.TryEnter(signature, plain: true, state: false))
            signature.Met |= 1UL << Signature.ValuesBit;
        for (int i = 0; meeting.Differ && i < meeting.Members.Count; i++)
            meeting.Members[i].Met |= 1UL << Signature.DifferBit;
        if (merge && meeting.Differ && meeting.Members.Count >= MinValues)
            Generalise(skeleton, hash, meeting, signature, skeleton.ToArray());
    }

    private Meeting MeetingAt(ulong key)
    {
        ref Meeting? meeting = ref CollectionsMarshal.GetValueRefOrAddDefault(_meetings, key, out _);
        return meeting ??= new Meeting();
    }

    /// <summary>Makes one kind of all that meet, whose text is the general one.</summary>
    /// <param name="latest">The one that has come to it; a meeting may be full.</param>
    private void Generalise(ReadOnlySpan<byte> text, ulong hash, Meeting meeting, Signature latest, byte[] displayed)
    {
        Signature[] members = [.. meeting.Members, latest];
        if (!_signatures.TryGetValue(hash, out Signature? general))
        {
            general = Insert(text.ToArray(), hash);
            general.Displayed = displayed;
        }

        foreach (Signature other in members)
            Join(general, other, displayed);
    }

    /// <summary>Merges a signature into the general one. The shortest of the forms that it is displayed in stays.</summary>
    private void Join(Signature general, Signature other, byte[] displayed)
    {
        if (displayed.Length < general.Displayed.Length || (displayed.Length == general.Displayed.Length && displayed.AsSpan().SequenceCompareTo(general.Displayed) < 0))
            general.Displayed = displayed;
        Merge(general, other);
    }

    /// <summary>Makes one template of two. Its name depends on both and not on which came first.</summary>
    private void Merge(Signature one, Signature other)
    {
        if (ReferenceEquals(one.Template, other.Template))
            return;
        (LogTemplate into, LogTemplate from) = one.Template.Name.Names(other.Template.Name) ? (one.Template, other.Template) : (other.Template, one.Template);
        _templates.Remove(from.IdValue);
        foreach (ulong forgotten in into.TakeAliases(from))
            _aliases.Remove(forgotten);
        foreach (ulong alias in into.Aliases)
            _aliases[alias] = into;
        if (from.IsPinned)
            into.Pin(into.IsPinned ? Math.Min(into.Slot, from.Slot) : from.Slot);
        if (from.LearnedNumber is { } learned)
            into.LearnedNumber = Math.Min(learned, into.LearnedNumber ?? learned);
        foreach (Signature signature in from.Signatures)
            signature.Template = into;
        into.Signatures.AddRange(from.Signatures);
        if (into.Count < from.Count)
            into.Example = from.Example;
        into.Count += from.Count;
    }

    private void Evict()
    {
        while ((_signatures.Count > options.MaxSignatures || _textBytes > (long)BytesASignature * options.MaxSignatures) && _oldest is { } oldest)
            Forget(oldest);
    }

    private void Forget(Signature signature)
    {
        Unlink(signature);
        _signatures.Remove(signature.Hash);
        byte[] text = signature.Text;
        _textBytes -= text.Length;
        Span<byte> general = text.Length < 1024 ? stackalloc byte[1026] : new byte[text.Length + 2];
        var tokens = new Tokens(text, _ends);
        for (int p = 0; tokens.Count > 1 && p < Math.Min(tokens.Count, MaxIndexed); p++)
        {
            ulong key = StableHash.Of(general[..tokens.WithStar(p, general)]);
            if (!tokens.IsStar(p))
                Leave(key, signature, p, !tokens.IsMixed(p), tokens.IsState(p));
            else if (_stars.TryGetValue(key, out Signature? star) && ReferenceEquals(star, signature))
                _stars.Remove(key);
        }

        if (tokens.WithoutValues(general) is > 0 and int skeleton)
            Leave(StableHash.Of(general[..skeleton]) ^ ValuesSalt, signature, Signature.ValuesBit, plain: true, state: false);
        LogTemplate template = signature.Template;
        template.Signatures.Remove(signature);
        if (template.Signatures.Count > 0 || template.IsPinned)
            return;
        _templates.Remove(template.IdValue);
        foreach (ulong alias in template.Aliases)
            _aliases.Remove(alias);
        Evicted++;
    }

    private void Leave(ulong key, Signature signature, int bit, bool plain, bool state)
    {
        if ((signature.Met >> bit & 1) == 0 || !_meetings.TryGetValue(key, out Meeting? meeting))
            return;
        meeting.Leave(signature, plain, state);
        if (meeting.Members.Count == 0)
            _meetings.Remove(key);
    }
}
