import Testing

@testable import MapService

@Suite("Catalogue")
struct CatalogueDocumentTests {
    @Test("a collection says all that Satu Data Indonesia asks")
    func dataset() {
        let document = CatalogueDocument.collection(ServedSamples.desa, base: "http://localhost")
        #expect(document["@type"] == "dcat:Dataset")
        #expect(document["title"] == "Koleksi desa")
        #expect(document["description"] == "Angka per desa. Batas indikatif.")
        #expect(document["license"] == "CC BY 4.0")
        #expect(document["publisher"]?["name"] == "Bapelitbangda Kabupaten Probolinggo")
        #expect(document["contactPoint"]?["fn"] == "Bapelitbangda Kabupaten Probolinggo")
        #expect(document["conformsTo"] == "Kode wilayah Kemendagri")
        #expect(document["temporal"]?["startDate"] == "2026-02-28")
        #expect(document["temporal"]?["endDate"] == "2026-02-28")
        #expect(document["provenance"]?["label"] == "Register uji tanggal 2026-02-28")
        #expect(document["modified"] == "2026-03-01T00:00:00Z")
        #expect(document["keyword"] == ["kemiskinan ekstrem"])
        #expect(
            document["spatial"]?["bbox"]
                == "POLYGON((113.0 -8.0, 113.5 -8.0, 113.5 -7.5, 113.0 -7.5, 113.0 -8.0))")
        #expect(document["distribution"]?.items.count == 6)
        #expect(document["data_simulasi"] == true)
    }

    @Test("every term stands in the document's own context")
    func context() {
        let document = CatalogueDocument.catalogue([ServedSamples.desa], base: "http://localhost")
        let terms = Set((document["@context"]?.members ?? []).map(\.name))
        func check(_ value: JSONValue) {
            for member in value.members where member.name != "@context" {
                #expect(member.name.hasPrefix("@") || terms.contains(member.name), "\(member.name)")
                check(member.value)
            }
            value.items.forEach(check)
        }
        check(document)
    }

    @Test("the catalogue leaves out other names of a collection")
    func catalogue() {
        let document = CatalogueDocument.catalogue(
            [ServedSamples.desa, ServedSamples.collection("desa-rilis-1", isAlias: true)],
            base: "http://localhost")
        #expect(document["dataset"]?.items.map { $0["identifier"] } == ["desa"])
    }
}
