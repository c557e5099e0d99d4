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
        let database = geocoding.database
        let found = try database.look(
            at: id, by: who, for: "why placed", on: now.ISO8601Format())
        guard let keluarga = found else { throw PipelineError.unknownKeluarga(id: id.text) }
        let prepared = try GeocodingPreparation(database: database, seal: geocoding.seal)
        let words = EvidenceWords(
            gazetteer: prepared.geocoder.gazetteer,
            places: Dictionary(
                uniqueKeysWithValues: try database.writtenPlaces().map { ($0.id, $0) }))

        var lines = words.lines(
            "", place: keluarga.placeID, evidence: prepared.evidence(ofPlace: keluarga.placeID))
        if let place = keluarga.addressPlaceID {
            lines += words.lines(
                "In the address: ", place: place, evidence: prepared.evidence(ofPlace: place))
        }
        let entry = prepared.positions.entry(of: keluarga)
        if let place = entry?.placeID {
            lines += words.lines(
                "By the surveyor: ", place: place, evidence: prepared.evidence(ofPlace: place))
        }
        var notes: [PositionNote: Int] = [:]
        let position = entry.flatMap { prepared.positions.position($0, notes: &notes) }
        let evidence = prepared.evidence(of: position)
        if let position, evidence == .outside {
            notes[prepared.outsideNote(position.coordinate)] = 1
        }
        lines.append(words.line(evidence, position: position, notes: notes.keys.map(\.english)))
        let outcome = prepared.place(
            keluarga, surveyPlaceID: entry?.placeID, position: evidence)
        lines += words.lines(outcome)
        lines.append(
            Line(
                name: "Looks recorded at this keluarga",
                text: String(try database.lookCount(at: id))))
        self.lines = lines
    }
}

/// Puts evidence into words that name desa and nothing else.
private struct EvidenceWords {
    typealias Line = PlacementExplanation.Line

    let gazetteer: Gazetteer
    let places: [Int64: StoredPlace]

    private func desa(_ index: Int) -> String {
        let unit = gazetteer.desa[index]
        return "\(unit.code.dotted) \(unit.name), \(unit.kecamatanName)"
    }

    private func shares(_ shares: [PlaceEvidence.Share]) -> String {
        shares.prefix(4).map { "\(desa($0.desa)) (\(percent($0.share)))" }
            .joined(separator: "; ")
    }

    private func percent(_ share: Double) -> String {
        "\((share * 1000).rounded() / 10) %"
    }

    func lines(
        _ prefix: String,
        place id: Int64,
        evidence: Geocoder.WrittenEvidence
    ) -> [Line] {
        guard let place = places[id] else { return [] }
        var lines: [Line] = []
        if !place.code.isEmpty {
            lines.append(
                Line(
                    name: (prefix.isEmpty ? "Code" : prefix + "code") + " “\(place.code)”",
                    text: evidence.code.map(desa) ?? "no desa"))
        }
        if !place.desaName.isEmpty || !place.kecamatanName.isEmpty {
            let candidates = evidence.name.candidates.map {
                PlaceEvidence.Share(desa: $0.index, share: $0.probability)
            }
            let kecamatan =
                switch evidence.name.kecamatan {
                case .contradicts: "; another kecamatan than it says"
                case .foreign: "; the kecamatan is none of this kabupaten"
                default: ""
                }
            lines.append(
                Line(
                    name: (prefix.isEmpty ? "Names" : prefix + "names")
                        + " “\(place.desaName)”, “\(place.kecamatanName)”",
                    text: (candidates.isEmpty ? "no desa" : shares(candidates)) + kecamatan))
        }
        return lines.isEmpty
            ? [
                Line(
                    name: prefix.isEmpty ? "Code and names" : prefix + "code and names",
                    text: "none")
            ] : lines
    }

    func line(
        _ evidence: Geocoder.PositionEvidence,
        position: FamilyPositions.Position?,
        notes: [String]
    ) -> Line {
        let whereabouts =
            switch evidence {
            case .none: "none"
            case .shares(let found, isDefaultPoint: false): shares(found)
            case .shares(let found, isDefaultPoint: true): shares(found) + " (a shared spot)"
            case .outside: "outside every desa"
            }
        // How sharp, not where.
        let sharpness = position.map { ["± \(Int($0.sigmaMetres.rounded(.up))) m"] } ?? []
        return Line(
            name: "Position",
            text: ([whereabouts] + sharpness + notes.sorted())
                .joined(separator: "; "))
    }

    func lines(_ outcome: GeocodeOutcome) -> [Line] {
        var lines: [Line] = []
        switch outcome.place {
        case .desa(let index, let means):
            lines.append(Line(name: "Decision", text: desa(index)))
            lines.append(
                Line(
                    name: "By",
                    text: "\(means.english), \(outcome.match.word), "
                        + percent(outcome.probability)))
        case .nowhere(let reason):
            lines.append(Line(name: "Decision", text: "not placed: \(reason.english)"))
        }
        if !outcome.alternatives.isEmpty {
            lines.append(Line(name: "Or", text: shares(outcome.alternatives)))
        }
        return lines
    }
}
