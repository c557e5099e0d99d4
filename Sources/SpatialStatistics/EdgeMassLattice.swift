internal import Geospatial

/// The edge masses of one Gaussian kernel at many points, interpolated between the nodes of a
/// lattice.
///
/// The edge mass is a window smoothed by the kernel, so its n-th derivative along an axis is at
/// most 1.0865 sqrt((n - 1)! / 2 pi) / sd^n. Nodes are a quarter of the standard deviation apart,
/// and a polynomial goes through the 20 nearest along either axis: it is wrong by less than 1e-10.
/// Far cheaper where there are many points to a node.
enum EdgeMassLattice {
    private static let nodesPerDeviation = 4.0
    private static let stencil = 20

    /// The mass at each of `points`; nil where the lattice has no fewer nodes than half of them, so
    /// that it does not pay.
    /// - Complexity: O(*n*), and the edge mass at each node within ten nodes of a point.
    static func masses(
        of window: ObservationWindow,
        standardDeviation: Double,
        at points: [PlanarPoint],
        threads: Int
    ) -> [Double]? {
        guard let lattice = Lattice(points, spacing: standardDeviation / nodesPerDeviation) else {
            return nil
        }
        let wanted = lattice.nodes(around: points)
        guard wanted.count <= points.count / 2 else { return nil }
        let kernel = SmoothingKernel.gaussian(standardDeviation: standardDeviation)
        let masses = parallelBlocks(wanted.count, threads: threads) {
            window.edgeMass(of: kernel, at: lattice.place(of: Int(wanted[$0])))
        }
        var values = [Double](repeating: 0, count: lattice.columns * lattice.rows)
        for (node, mass) in zip(wanted, masses) { values[Int(node)] = mass }
        let complete = values
        return parallelArray(points.count, threads: threads) {
            min(1, max(0, lattice.value(at: points[$0], complete)))
        }
    }

    private struct Lattice: Sendable {
        /// The first node.
        let origin: PlanarPoint
        let spacing: Double
        let columns: Int
        let rows: Int
        /// What each weight of a stencil is divided by is the same everywhere.
        private let scale = Lagrange.scale

        /// Nil where it would have many more nodes than there are points.
        init?(_ points: [PlanarPoint], spacing: Double) {
            var low = PlanarPoint(x: .infinity, y: .infinity)
            var high = PlanarPoint(x: -.infinity, y: -.infinity)
            for point in points {
                low = PlanarPoint(x: min(low.x, point.x), y: min(low.y, point.y))
                high = PlanarPoint(x: max(high.x, point.x), y: max(high.y, point.y))
            }
            let columns = ((high.x - low.x) / spacing).rounded(.down) + Double(stencil)
            let rows = ((high.y - low.y) / spacing).rounded(.down) + Double(stencil)
            guard columns * rows <= 4 * Double(points.count) else { return nil }
            let margin = Double(stencil / 2 - 1) * spacing
            origin = PlanarPoint(x: low.x - margin, y: low.y - margin)
            self.spacing = spacing
            self.columns = Int(columns)
            self.rows = Int(rows)
        }

        func place(of node: Int) -> PlanarPoint {
            PlanarPoint(
                x: origin.x + Double(node % columns) * spacing,
                y: origin.y + Double(node / columns) * spacing)
        }

        /// The first node of the stencil along an axis, and how far beyond the middle of the
        /// stencil the point lies, in spacings.
        @inline(__always)
        private func start(_ offset: Double, _ count: Int) -> (node: Int, rest: Double) {
            let position = offset / spacing - Double(stencil / 2 - 1)
            let node = min(max(Int(position.rounded(.down)), 0), count - stencil)
            return (node, position - Double(node))
        }

        /// The nodes that the points ask for, ascending.
        func nodes(around points: [PlanarPoint]) -> [Int32] {
            // Where stencils start, then spread along the rows and the columns.
            var marks = [Bool](repeating: false, count: columns * rows)
            for point in points {
                let column = start(point.x - origin.x, columns).node
                let row = start(point.y - origin.y, rows).node
                marks[row * columns + column] = true
            }
            spread(&marks, lines: rows, lineStep: columns, count: columns, step: 1)
            spread(&marks, lines: columns, lineStep: 1, count: rows, step: columns)
            return marks.indices.lazy.filter { marks[$0] }.map(Int32.init)
        }

        /// Marks the next places of a stencil after each mark.
        private func spread(
            _ marks: inout [Bool],
            lines: Int,
            lineStep: Int,
            count: Int,
            step: Int
        ) {
            for line in 0..<lines {
                var left = 0
                for index in 0..<count {
                    let place = line * lineStep + index * step
                    left = marks[place] ? stencil : left - 1
                    marks[place] = left > 0
                }
            }
        }

        func value(at point: PlanarPoint, _ values: [Double]) -> Double {
            let (column, restX) = start(point.x - origin.x, columns)
            let (row, restY) = start(point.y - origin.y, rows)
            return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * stencil) { memory in
                let along = UnsafeMutableBufferPointer(rebasing: memory[..<stencil])
                let across = UnsafeMutableBufferPointer(rebasing: memory[stencil..<2 * stencil])
                let sums = UnsafeMutableBufferPointer(rebasing: memory[(2 * stencil)...])
                Lagrange.fill(along, at: restX, scale)
                Lagrange.fill(across, at: restY, scale)
                sums.initialize(repeating: 0)
                values.withUnsafeBufferPointer { values in
                    for line in 0..<stencil {
                        GridRows.add(
                            values, (row + line) * columns + column, sums, 0, stencil,
                            times: across[line])
                    }
                }
                var sum = 0.0
                for index in 0..<stencil { sum += along[index] * sums[index] }
                return sum
            }
        }
    }

    /// The weights of the nodes of a stencil in the polynomial through them.
    private enum Lagrange {
        /// 1 / product of the distances of each node from all others.
        static let scale: [Double] = (0..<stencil).map { node in
            (0..<stencil).reduce(1.0) { $1 == node ? $0 : $0 / Double(node - $1) }
        }

        /// At `rest` spacings after the last node of the first half.
        static func fill(
            _ weights: UnsafeMutableBufferPointer<Double>,
            at rest: Double,
            _ scale: [Double]
        ) {
            let position = rest + Double(stencil / 2 - 1)
            // The product over the nodes before, then that over the nodes after.
            var product = 1.0
            for node in 0..<stencil {
                weights.initializeElement(at: node, to: product * scale[node])
                product *= position - Double(node)
            }
            product = 1
            for node in (0..<stencil).reversed() {
                weights[node] *= product
                product *= position - Double(node)
            }
        }
    }
}
