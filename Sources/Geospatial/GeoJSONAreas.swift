public import Foundation

/// Reads areas from a GeoJSON feature collection (RFC 7946).
public enum GeoJSONAreas {
    public struct Feature: Sendable {
        /// The feature's properties that are text, numbers or truth values, each as text.
        public let properties: [String: String]
        public let area: MultiPolygon
        public let notes: Notes

        public init(properties: [String: String], area: MultiPolygon, notes: Notes = Notes()) {
            self.properties = properties
            self.area = area
            self.notes = notes
        }
    }

    /// What had to be mended in a feature, or in many.
    public struct Notes: Hashable, Sendable {
        /// Rings that did not end where they began.
        public var closedRings = 0
        /// Rings with fewer than three different positions, which enclose nothing.
        public var droppedRings = 0
        /// Rings that ran against RFC 7946.
        public var turnedRings = 0
        /// Features with heights or measures, which are left out.
        public var withHeights = 0

        public init() {}

        public static func += (sum: inout Notes, part: Notes) {
            sum.closedRings += part.closedRings
            sum.droppedRings += part.droppedRings
            sum.turnedRings += part.turnedRings
            sum.withHeights += part.withHeights
        }
    }

    public enum Failure: Error, Hashable, Sendable {
        case notJSON
        case notAFeatureCollection
        case noFeatures
        /// The geometry of feature `index` (from 0) is no Polygon and no MultiPolygon.
        case unsupportedGeometry(index: Int, type: String)
        /// Feature `index` has a position without two numbers, or no ring that encloses anything.
        case invalidRing(index: Int)
    }

    public static func read(_ data: Data) throws(Failure) -> [Feature] {
        let collection: Collection
        do {
            collection = try JSONDecoder().decode(Collection.self, from: data)
        } catch is DecodingError {
            throw (try? JSONSerialization.jsonObject(with: data)) == nil
                ? .notJSON : .notAFeatureCollection
        } catch {
            throw .notJSON
        }
        guard collection.type == "FeatureCollection" else { throw .notAFeatureCollection }
        guard !collection.features.isEmpty else { throw .noFeatures }
        var features: [Feature] = []
        for (index, feature) in collection.features.enumerated() {
            var notes = Notes()
            let area = try area(of: feature, index: index, notes: &notes)
            features.append(
                Feature(
                    properties: feature.properties?.compactMapValues(\.text) ?? [:], area: area,
                    notes: notes))
        }
        return features
    }

    private static func area(
        of feature: RawFeature,
        index: Int,
        notes: inout Notes
    ) throws(Failure) -> MultiPolygon {
        let parts = feature.geometry?.polygons ?? []
        guard !parts.isEmpty else {
            throw .unsupportedGeometry(index: index, type: feature.geometry?.type ?? "null")
        }
        var polygons: [Polygon] = []
        for part in parts {
            var rings: [Polygon.Ring] = []
            for (number, positions) in part.enumerated() {
                guard positions.allSatisfy({ $0.count >= 2 }) else {
                    throw .invalidRing(index: index)
                }
                if positions.contains(where: { $0.count > 2 }) { notes.withHeights = 1 }
                var ring = positions.map { Coordinate(longitude: $0[0], latitude: $0[1]) }
                if ring.count > 1, ring.first == ring.last {
                    ring.removeLast()
                } else {
                    notes.closedRings += 1
                }
                guard Set(ring).count >= 3 else {
                    notes.droppedRings += 1
                    // Without its exterior the part is nothing, its holes included.
                    if number == 0 { break }
                    continue
                }
                if (Polygon.signedArea(of: ring) > 0) != (number == 0) { notes.turnedRings += 1 }
                rings.append(ring)
            }
            guard let exterior = rings.first else { continue }
            polygons.append(Polygon(exterior: exterior, holes: Array(rings.dropFirst())))
        }
        guard !polygons.isEmpty else { throw .invalidRing(index: index) }
        return MultiPolygon(polygons).wound()
    }

    private struct Collection: Decodable {
        let type: String
        let features: [RawFeature]
    }

    private struct RawFeature: Decodable {
        let properties: [String: Scalar]?
        let geometry: Geometry?
    }

    private struct Geometry: Decodable {
        let type: String
        let polygons: [[[[Double]]]]

        private enum Key: CodingKey {
            case type, coordinates
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            type = try container.decode(String.self, forKey: .type)
            switch type {
            case "Polygon":
                polygons = [try container.decode([[[Double]]].self, forKey: .coordinates)]
            case "MultiPolygon":
                polygons = try container.decode([[[[Double]]]].self, forKey: .coordinates)
            default:
                polygons = []
            }
        }
    }

    private struct Scalar: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let flag = try? container.decode(Bool.self) {
                text = String(flag)
            } else if let whole = try? container.decode(Int.self) {
                text = String(whole)
            } else if let number = try? container.decode(Double.self) {
                text = String(number)
            } else {
                text = nil
            }
        }
    }
}
