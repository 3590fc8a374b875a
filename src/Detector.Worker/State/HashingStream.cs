using System.Security.Cryptography;

namespace Detector.Worker.State;

/// <summary>Passes what is written on in large pieces, and takes its SHA-256.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _held;
    private long _passed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _passed + _held;

    public override long Position
    {
        get => _passed + _held;
        set => throw new NotSupportedException();
    }

    /// <summary>Passes on what is held back and gives the checksum of everything.</summary>
    public byte[] Finish()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public override void Flush()
    {
        Pass(_buffer.AsSpan(0, _held));
        _held = 0;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _buffer.Length - _held)
            Flush();
        if (buffer.Length > _buffer.Length)
        {
            Pass(buffer);
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_held));
        _held += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        inner.Write(bytes);
        _hash.AppendData(bytes);
        _passed += bytes.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
