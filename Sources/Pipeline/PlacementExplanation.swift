public import Foundation
internal import Geocoding
internal import PovertyModel
public import SpatialStore

/// Why a keluarga is placed where it is: each piece of evidence and what it led to.
///
/// Names no person and no position, only desa; the look is recorded all the same.
public struct PlacementExplanation: Sendable {
    public struct Line: Hashable, Sendable {
        public let name: String
        public let text: String
    }

    public let lines: [Line]

    /// Explains keluarga `id` to `who`, at the time `now`.
    public init(
        of id: KeluargaID,
        geocoding: KeluargaGeocoding,
        who: String,
        now: Date = Date()
    ) throws {
        let found = try geocoding.database.look(
            at: id, by: who, for: "why placed", on: now.ISO8601Format())
        guard let (keluarga, place) = found else {
            throw PipelineError.unknownKeluarga(id: "\(id.importID).\(id.row)")
        }
        let prepared = try geocoding.prepare()
        let geocoder = prepared.geocoder
        func desa(_ index: Int) -> String {
            let unit = geocoder.gazetteer.desa[index]
            return "\(unit.code.dotted) \(unit.name), \(unit.kecamatanName)"
        }
        let written = geocoder.evidence(
            code: place.code, desaName: place.desaName, kecamatanName: place.kecamatanName)
        var notes: [KeluargaGeocoding.PositionNote: Int] = [:]
        let position = prepared.evidence(of: prepared.position(of: keluarga, notes: &notes))

        var lines = [
            Line(
                name: "Code “\(place.code)”",
                text: written.code.map(desa) ?? (place.code.isEmpty ? "none" : "no desa"))
        ]
        let candidates = written.name.indices
        lines.append(
            Line(
                name: "Names “\(place.desaName)”, “\(place.kecamatanName)”",
                text: written.name.unique.map(desa)
                    ?? (candidates.isEmpty ? "no desa" : "\(candidates.count) desa of that name")))
        let repaired = notes.keys.map(\.english).sorted().joined(separator: ", ")
        let whereabouts =
            switch position {
            case .none: "none"
            case .inside(let index): desa(index)
            case .defaultPoint(let index): desa(index) + " (believed only alone)"
            case .outside: "outside every desa"
            }
        lines.append(
            Line(name: "Position", text: whereabouts + (repaired.isEmpty ? "" : "; " + repaired)))
        switch geocoder.place(written, position: position) {
        case .placed(let index, let means, let certainty):
            lines.append(Line(name: "Decision", text: desa(index)))
            lines.append(Line(name: "By", text: "\(means.english), \(certainty.english)"))
            if written.nameBeatsCode {
                lines.append(
                    Line(
                        name: "Note",
                        text: "the code is of another kecamatan than the names say"))
            }
        case .unplaced(let reason):
            lines.append(Line(name: "Decision", text: "not placed: \(reason.english)"))
        }
        lines.append(
            Line(
                name: "Looks recorded at this keluarga",
                text: String(try geocoding.database.lookCount(at: id))))
        self.lines = lines
    }
}
