/// A small drawing of geometries, as SVG in the page.
enum HTMLSketch {
    struct Shape {
        /// GeoJSON, in any reference system with two axes.
        let geometry: JSONValue
        let name: String
        let href: String?
    }

    private typealias Point = (x: Double, y: Double)

    private struct Drawing {
        var rings: [[Point]] = []
        var lines: [[Point]] = []
        var points: [Point] = []

        var all: [Point] { rings.flatMap(\.self) + lines.flatMap(\.self) + points }

        mutating func add(_ geometry: JSONValue) {
            let coordinates = geometry["coordinates"] ?? .null
            switch geometry["type"]?.text {
            case "Point": points += point(coordinates).map { [$0] } ?? []
            case "MultiPoint": points += line(coordinates)
            case "LineString": lines.append(line(coordinates))
            case "MultiLineString": lines += coordinates.items.map(line)
            case "Polygon": rings += coordinates.items.map(line)
            case "MultiPolygon": rings += coordinates.items.flatMap { $0.items.map(line) }
            case "GeometryCollection": geometry["geometries"]?.items.forEach { add($0) }
            default: break
            }
        }

        private func line(_ positions: JSONValue) -> [Point] {
            positions.items.compactMap(point)
        }

        private func point(_ position: JSONValue) -> Point? {
            let numbers = position.items.prefix(2).compactMap(\.double)
            return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
        }
    }

    private static let width = 1000.0
    private static let tallest = 560.0
    private static let margin = 16.0

    /// Empty when nothing has a position.
    static func make(_ shapes: [Shape]) -> String {
        let drawings = shapes.map { shape in
            var drawing = Drawing()
            drawing.add(shape.geometry)
            return drawing
        }
        guard let frame = Frame(around: drawings.flatMap(\.all)) else { return "" }
        let figures = zip(shapes, drawings).map { figure($0, $1, frame) }
        let size = "0 0 \(short(width)) \(short(frame.height))"
        let caption =
            shapes.count == 1
            ? "Sketsa bentuk \(shapes[0].name)"
            : "Sketsa \(HTMLText.number(shapes.count)) fitur di halaman ini"
        return """
            <svg class="sketsa" viewBox="\(size)" role="img" \
            aria-label="\(HTMLText.escaped(caption))">\(figures.joined(separator: "\n"))</svg>

            """
    }

    private static func figure(_ shape: Shape, _ drawing: Drawing, _ frame: Frame) -> String {
        let title = "<title>\(HTMLText.escaped(shape.name))</title>"
        var figure = ""
        let area = drawing.rings.map { path($0, frame) + "Z" }.joined()
        if !area.isEmpty { figure += "<path fill-rule=\"evenodd\" d=\"\(area)\">\(title)</path>" }
        let lines = drawing.lines.map { path($0, frame) }.joined()
        if !lines.isEmpty { figure += "<path class=\"garis\" d=\"\(lines)\">\(title)</path>" }
        for point in drawing.points.map(frame.place) {
            figure +=
                "<circle cx=\"\(short(point.x))\" cy=\"\(short(point.y))\" r=\"5\">"
                + "\(title)</circle>"
        }
        guard !figure.isEmpty, let href = shape.href.flatMap(HTMLText.address) else {
            return figure
        }
        // The table has the same links; the keyboard need not pass them twice.
        return "<a href=\"\(href)\" tabindex=\"-1\">\(figure)</a>"
    }

    /// Vertices closer than about half a pixel to the last one drawn are left out.
    private static func path(_ line: [Point], _ frame: Frame) -> String {
        var path = ""
        var last: Point?
        for (index, position) in line.enumerated() {
            let point = frame.place(position)
            if let last, index < line.count - 1,
                abs(point.x - last.x) < 0.6, abs(point.y - last.y) < 0.6
            {
                continue
            }
            path += (last == nil ? "M" : "L") + short(point.x) + " " + short(point.y)
            last = point
        }
        return path
    }

    /// One decimal.
    private static func short(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }

    /// Where positions go on the drawing.
    private struct Frame {
        let height: Double
        private let west: Double
        private let north: Double
        private let scaleX: Double
        private let scaleY: Double
        private let offset: Double
        private let isSwapped: Bool

        init?(around points: [Point]) {
            let usable = points.filter { abs($0.x) < 1e9 && abs($0.y) < 1e9 }
            guard let first = usable.first else { return nil }
            var (least, most) = (first, first)
            for point in usable {
                least = (min(least.x, point.x), min(least.y, point.y))
                most = (max(most.x, point.x), max(most.y, point.y))
            }
            let isDegrees =
                max(abs(least.x), abs(most.x)) <= 360 && max(abs(least.y), abs(most.y)) <= 360
            // Latitude first, as in EPSG:4326: in Indonesia longitudes are above 90 degrees.
            isSwapped = isDegrees && abs(least.y) > 90
            if isSwapped { (least, most) = ((least.y, least.x), (most.y, most.x)) }
            // Degrees of longitude are as short as the cosine of the latitude says.
            let middle = (least.y + most.y) / 2
            let shrink = isDegrees ? max(0.1, Frame.cosine(degrees: middle)) : 1
            let wide = max((most.x - least.x) * shrink, 1e-9)
            let high = max(most.y - least.y, 1e-9)
            let room = HTMLSketch.width - 2 * HTMLSketch.margin
            let scale = min(room / wide, (HTMLSketch.tallest - 2 * HTMLSketch.margin) / high)
            (west, north) = (least.x, most.y)
            (scaleX, scaleY) = (scale * shrink, scale)
            offset = (HTMLSketch.width - wide * scale) / 2
            height = max(high * scale, 40) + 2 * HTMLSketch.margin
        }

        func place(_ point: Point) -> Point {
            let (x, y) = isSwapped ? (point.y, point.x) : (point.x, point.y)
            // A position far outside, left out of the frame, would make an endless number.
            return (
                max(-1e6, min(1e6, offset + (x - west) * scaleX)),
                max(-1e6, min(1e6, HTMLSketch.margin + (north - y) * scaleY))
            )
        }

        /// To 0.1 % between the poles, which is finer than the drawing.
        private static func cosine(degrees: Double) -> Double {
            let x = min(abs(degrees), 90) * .pi / 180
            let square = x * x
            return 1 - square / 2 + square * square / 24 - square * square * square / 720
        }
    }
}

extension JSONValue {
    fileprivate var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number.isFinite ? number : nil
        default: nil
        }
    }
}
