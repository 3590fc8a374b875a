namespace Detector.Worker.State;

/// <summary>An S3-compatible object store that keeps the models for all workers: the section <c>ModelBucket</c> of <c>Detector:State</c>.</summary>
public sealed class ModelBucketOptions
{
    /// <summary>Name of the bucket, which must exist. Null keeps models on this machine alone.</summary>
    public string? Name { get; set; }

    /// <summary>What the names of all objects begin with.</summary>
    public string Prefix { get; set; } = "models/";

    /// <summary>Address of a store that is not Amazon's, as in <c>http://minio:9000</c>; its buckets are addressed by path.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Region of the bucket.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Key pair of an account. Null takes what the environment has (<c>AWS_ACCESS_KEY_ID</c>, a profile, the machine's role).</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret of <see cref="AccessKey"/>. Better by <c>SecretKey.file</c> or the environment.</summary>
    public string? SecretKey { get; set; }
}
