public import Foundation

/// Reads areas from a GeoJSON feature collection (RFC 7946).
public enum GeoJSONAreas {
    public struct Feature: Sendable {
        /// The feature's properties that are text, numbers or truth values, each as text.
        public let properties: [String: String]
        public let area: MultiPolygon

        public init(properties: [String: String], area: MultiPolygon) {
            self.properties = properties
            self.area = area
        }
    }

    public enum Failure: Error, Hashable, Sendable {
        case notJSON
        case notAFeatureCollection
        case noFeatures
        /// The geometry of feature `index` (from 0) is no Polygon and no MultiPolygon.
        case unsupportedGeometry(index: Int, type: String)
        /// A ring of feature `index` has fewer than four positions or is not closed.
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
            features.append(
                Feature(
                    properties: feature.properties?.compactMapValues(\.text) ?? [:],
                    area: try area(of: feature, index: index)))
        }
        return features
    }

    private static func area(
        of feature: RawFeature,
        index: Int
    ) throws(Failure) -> MultiPolygon {
        var polygons: [Polygon] = []
        for part in feature.geometry?.polygons ?? [] {
            var rings: [Polygon.Ring] = []
            for positions in part {
                guard positions.count >= 4, positions.allSatisfy({ $0.count >= 2 }),
                    positions.first == positions.last
                else { throw .invalidRing(index: index) }
                rings.append(
                    positions.dropLast().map { Coordinate(longitude: $0[0], latitude: $0[1]) })
            }
            guard let exterior = rings.first else { throw .invalidRing(index: index) }
            polygons.append(Polygon(exterior: exterior, holes: Array(rings.dropFirst())))
        }
        guard !polygons.isEmpty else {
            throw .unsupportedGeometry(index: index, type: feature.geometry?.type ?? "null")
        }
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
