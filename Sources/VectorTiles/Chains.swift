/// Sequences of numbers of any length in two flat arrays: arcs as vertex numbers, areas as arcs.
struct Chains: Sendable {
    private(set) var items: [Int32] = []
    private(set) var ends: [Int] = []

    var count: Int { ends.count }

    var indices: Range<Int> { ends.indices }

    /// Where the items of chain `index` stand in `items`.
    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    subscript(index: Int) -> ArraySlice<Int32> { items[range(index)] }

    mutating func reserve(chains: Int, items count: Int) {
        ends.reserveCapacity(chains)
        items.reserveCapacity(count)
    }

    mutating func append(_ chain: some Sequence<Int32>) {
        items.append(contentsOf: chain)
        ends.append(items.count)
    }

    /// Adds to the chain that `close` will end.
    mutating func extend(_ item: Int32) {
        items.append(item)
    }

    mutating func extend(contentsOf more: some Sequence<Int32>) {
        items.append(contentsOf: more)
    }

    mutating func close() {
        ends.append(items.count)
    }
}
