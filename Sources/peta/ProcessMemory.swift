internal import CMalloc

/// How the memory of this process is given back; for a server that runs for months.
enum ProcessMemory {
    /// Two heaps for the event loops instead of eight for each core, and pieces from a quarter of
    /// a megabyte on go back when they are free.
    ///
    /// Without it, glibc keeps what answers of megabytes have once taken: 60 MB after a load of
    /// them.
    static func returnWhatIsFree() {
        _ = mallopt(M_ARENA_MAX, 2)
        _ = mallopt(M_MMAP_THRESHOLD, 1 << 18)
        _ = mallopt(M_TRIM_THRESHOLD, 1 << 20)
    }
}
