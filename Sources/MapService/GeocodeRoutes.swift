internal import Foundation
internal import Geocoding
internal import HTTPTypes
internal import Hummingbird
internal import PovertyModel

/// `GET /geocode` for one place and `POST /geocode` for a table of them.
///
/// Nothing of a question is kept, logged or repeated in an error.
struct GeocodeRoutes<Context: RequestContext> {
    let shelf: ReleaseShelf
    let geocoders: GeocoderShelf

    private static var parameters: Set<String> {
        ["lon", "lat", "desa", "kecamatan", "kode", "akurasi"]
    }

    func add(to router: Router<Context>) {
        router.get("geocode") { request, _ in
            let (served, release) = try served()
            let written = try written(QueryParameters(request, allowed: Self.parameters))
            let answer = served.geocoder.answer(written, extent: served.extent)
            return json(PlaceDocument(answer, served.geocoder.gazetteer, release: release))
        }
        router.post("geocode") { request, _ in
            let (served, _) = try served()
            let form = try TableForm(contentType: request.headers[.contentType])
            return try await table(request, form: form, served)
        }
    }

    private func served() throws -> (ServedGeocoder, Int64) {
        guard let release = shelf.current else { throw RequestFailure.nothingPublished }
        guard let geocoder = try geocoders.geocoder(of: release) else {
            throw RequestFailure.nothingPublished
        }
        return (geocoder, release.id)
    }

    private func written(_ query: QueryParameters) throws(RequestFailure) -> WrittenWhereabouts {
        var written = WrittenWhereabouts()
        written.x = try Self.number("lon", query)
        written.y = try Self.number("lat", query)
        written.desaName = query["desa"] ?? ""
        written.kecamatanName = query["kecamatan"] ?? ""
        written.code = query["kode"] ?? ""
        written.accuracy = query["akurasi"] ?? ""
        guard (written.x.isEmpty) == (written.y.isEmpty) else {
            throw RequestFailure.badGeocodeRequest("lon and lat belong together.")
        }
        guard !written.x.isEmpty || !written.desaName.isEmpty || !written.code.isEmpty else {
            throw RequestFailure.badGeocodeRequest("Ask with lon and lat, desa, or kode.")
        }
        return written
    }

    /// The number `name` as it was written, for its decimals say how fine it is; empty without one.
    ///
    /// A decimal comma is a number here. What surveyors write otherwise is read from tables only:
    /// the OpenAPI document says number, and a program must not take a slip for a place unknown.
    private static func number(
        _ name: String,
        _ query: QueryParameters
    ) throws(RequestFailure) -> String {
        let text = (query[name] ?? "").trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty else { return "" }
        guard text.wholeMatch(of: #/[+\-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+\-]?\d+)?/#) != nil,
            let number = Double(text.replacing(",", with: ".")), number.isFinite
        else {
            throw .badGeocodeRequest("\(name) takes a number, such as 113.4 or -7.85.")
        }
        // The reader of positions knows no powers of ten.
        return text.contains(where: \.isLetter) ? "\(number)" : text
    }

    private func json(_ document: PlaceDocument) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and finite numbers cannot fail to encode.
        let body = (try? encoder.encode(document)) ?? Data()
        return Response(
            status: .ok,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// Answers a table while it still comes in: memory does not grow with it.
    private func table(
        _ request: Request,
        form: TableForm,
        _ served: ServedGeocoder
    ) async throws -> Response {
        var stream = GeocodeStream(form: form, served: served)
        // The header decides whether there is an answer at all, so it is read before the status
        // goes out.
        var iterator = request.body.makeAsyncIterator()
        var first: [UInt8] = []
        while !stream.isReady, let piece = try await iterator.next() {
            first += try stream.feed(piece.readableBytesView)
        }
        if !stream.isReady { first += try stream.finish() }
        guard stream.isReady else {
            throw RequestFailure.badGeocodeRequest("The table is empty.")
        }
        let beginning = first
        // The iterator and the stream go on in the closure and are touched nowhere else from here.
        nonisolated(unsafe) var rest = iterator
        nonisolated(unsafe) var going = stream
        return Response(
            status: .ok,
            headers: [.contentType: form.contentType, .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(bytes: beginning))
                while let piece = try await rest.next() {
                    let answer = try going.feed(piece.readableBytesView)
                    if !answer.isEmpty { try await writer.write(ByteBuffer(bytes: answer)) }
                }
                let last = try going.finish()
                if !last.isEmpty { try await writer.write(ByteBuffer(bytes: last)) }
                try await writer.finish(nil)
            })
    }
}

/// What `GET /geocode` answers.
private struct PlaceDocument: Encodable {
    private struct Place: Encodable {
        let kode_desa: String
        let kode_bps: String
        let nama_desa: String
        let nama_kecamatan: String
        let probability: Double

        init(_ desa: Desa, probability: Double) {
            kode_desa = desa.code.dotted
            kode_bps = desa.bpsCode.text
            nama_desa = desa.name
            nama_kecamatan = desa.kecamatanName
            self.probability = (probability * 1e4).rounded(.down) / 1e4
        }
    }

    private let desa: Place?
    /// The English word of the class, and what a map says of it.
    private let match: String
    private let kecocokan: String
    private let alternatif: [Place]
    /// What had to be done to read the position.
    private let perbaikan: [String]
    private let rilis: Int64

    private static let mostAlternatives = 5

    init(_ answer: PlaceAnswer, _ gazetteer: Gazetteer, release: Int64) {
        desa = answer.desa.map {
            Place(gazetteer.desa[$0], probability: answer.probability)
        }
        match = answer.match.word
        kecocokan = answer.match.rawValue
        alternatif = answer.alternatives.prefix(Self.mostAlternatives).map {
            Place(gazetteer.desa[$0.desa], probability: $0.share)
        }
        perbaikan = answer.repairs.map(\.rawValue)
        rilis = release
    }
}
