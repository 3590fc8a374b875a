namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>What a Sparkplug message is, by the third level of its topic.</summary>
internal enum MessageKind
{
    /// <summary>The topic is none of Sparkplug B's.</summary>
    Foreign,

    /// <summary>NBIRTH: the edge node's metrics, all of them.</summary>
    NodeBirth,

    /// <summary>DBIRTH: a device's metrics, all of them.</summary>
    DeviceBirth,

    /// <summary>NDATA or DDATA: metrics that changed.</summary>
    Change,

    /// <summary>DDEATH: a device is gone. It has a place in the sequence.</summary>
    DeviceDeath,

    /// <summary>NDEATH, NCMD, DCMD or STATE: no measurements, and no place in the sequence.</summary>
    Other,
}
