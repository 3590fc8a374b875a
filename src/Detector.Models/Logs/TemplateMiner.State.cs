namespace Detector.Models.Logs;

/// <summary>What a miner knows, saved and resumed.</summary>
public sealed partial class TemplateMiner
{
    private const byte StateVersion = 3;

    public void Save(BinaryWriter writer)
    {
        writer.Write(StateVersion);
        writer.Write(Lines);
        writer.Write(Evicted);
        writer.Write(_inserted);
        var numbers = new Dictionary<LogTemplate, int>();
        writer.Write(_templates.Count);
        foreach (LogTemplate template in _templates.Values)
        {
            numbers.Add(template, numbers.Count);
            Write(writer, template.Name.Text);
            Write(writer, template.Name.Displayed);
            Write(writer, template.Example.Span);
            writer.Write(template.Count);
            writer.Write(template.IsPinned);
            writer.Write(template.Slot);
            writer.Write(template.IsTold);
            writer.Write(template.LearnedNumber ?? ulong.MaxValue);
            writer.Write(template.Aliases.Count);
            foreach (ulong alias in template.Aliases)
                writer.Write(alias);
        }

        writer.Write(_signatures.Count);
        for (Signature? signature = _oldest; signature is not null; signature = signature.Newer)
        {
            writer.Write(numbers[signature.Template]);
            writer.Write(signature.Number);
            writer.Write(signature.Met);
            Write(writer, signature.Text);
            Write(writer, ReferenceEquals(signature.Displayed, signature.Text) ? [] : signature.Displayed);
        }
    }

    /// <summary>Resumes what was saved: whatever lines come then get the same templates as they would have without the break.</summary>
    /// <exception cref="InvalidDataException">The bytes are no state of a miner, or of a version that this one does not know.</exception>
    public void Load(BinaryReader reader)
    {
        byte version = reader.ReadByte();
        if (version != StateVersion)
            throw new InvalidDataException($"The template state has version {version}, but only {StateVersion} is known: remove it to begin anew.");
        Clear();
        Lines = reader.ReadInt64();
        Evicted = reader.ReadInt64();
        _inserted = reader.ReadInt64();
        var templates = new LogTemplate[Bounded(reader.ReadInt32())];
        for (int i = 0; i < templates.Length; i++)
            templates[i] = LoadTemplate(reader);
        var signatures = new Signature[Bounded(reader.ReadInt32())];
        for (int i = 0; i < signatures.Length; i++)
            signatures[i] = LoadSignature(reader, templates);
        foreach (Signature signature in signatures.OrderBy(signature => signature.Number))
        {
            signature.Template.Signatures.Add(signature);
            Enter(signature, merge: false);
        }
    }

    private LogTemplate LoadTemplate(BinaryReader reader)
    {
        var template = new LogTemplate(ReadBytes(reader), ReadBytes(reader), ReadBytes(reader))
        {
            Count = reader.ReadInt64(),
            IsPinned = reader.ReadBoolean(),
            Slot = reader.ReadInt32(),
            IsTold = reader.ReadBoolean(),
            LearnedNumber = reader.ReadUInt64() is var learned && learned != ulong.MaxValue ? learned : null,
        };
        _templates.Add(template.IdValue, template);
        for (int left = Bounded(reader.ReadInt32()); left > 0; left--)
        {
            template.Aliases.Add(reader.ReadUInt64());
            _aliases[template.Aliases[^1]] = template;
        }

        return template;
    }

    private Signature LoadSignature(BinaryReader reader, LogTemplate[] templates)
    {
        int number = reader.ReadInt32();
        LogTemplate template = (uint)number < (uint)templates.Length ? templates[number] : throw Damaged($"names template {number} of {templates.Length}");
        long inserted = reader.ReadInt64();
        ulong met = reader.ReadUInt64();
        byte[] text = ReadBytes(reader);
        byte[] displayed = ReadBytes(reader);
        var signature = new Signature(text, StableHash.Of(text), inserted) { Template = template, Met = met, Displayed = displayed.Length == 0 ? text : displayed };
        if (signature.Hash == template.Name.Hash)
            template.Name = signature;
        _signatures.Add(signature.Hash, signature);
        _textBytes += text.Length;
        Link(signature);
        return signature;
    }

    private void Clear()
    {
        _signatures.Clear();
        _meetings.Clear();
        _stars.Clear();
        _templates.Clear();
        _aliases.Clear();
        _textBytes = 0;
        _newest = _oldest = null;
    }

    private static int Bounded(int count) =>
        count is >= 0 and < 1 << 24 ? count : throw Damaged($"counts {count} entries");

    private static InvalidDataException Damaged(string what) => new($"The template state {what}: it is damaged; remove it to begin anew.");

    private static void Write(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader)
    {
        byte[] bytes = new byte[Bounded(reader.ReadInt32())];
        reader.BaseStream.ReadExactly(bytes);
        return bytes;
    }
}
