// swift-tools-version: 6.2

import PackageDescription

/// Settings every Swift target of the house shares: the compiler, not the reader, keeps the rules.
let houseSettings: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

func room(_ name: String, needs: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: needs, resources: resources, swiftSettings: houseSettings)
}

func tests(of name: String, needs: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.byName(name: name), "TestSupport"] + needs,
        resources: resources,
        swiftSettings: houseSettings
    )
}

let package = Package(
    name: "peta",
    products: [.executable(name: "peta", targets: ["peta"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // System libraries, each wrapped in one place.
        // SpatiaLite is loaded at run time (SpatialStore/SpatiaLite), so that a missing or old one is
        // an error with a remedy and the server, which needs none of it, starts without it.
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(
            name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // Pure: no file, clock, network or database.
        room("Compression", needs: ["CDeflate", "CZlib"]),
        room("Geospatial"),
        room("FeatureFilter", needs: ["Geospatial"]),
        room("PovertyModel", needs: ["Geospatial"]),
        room("SocialRegistry", needs: ["PovertyModel"]),
        room("RegistrySimulation", needs: ["SocialRegistry", "PovertyModel", "Geospatial"]),
        room("Geocoding", needs: ["PovertyModel", "Geospatial"]),
        room("RecordLinkage", needs: ["PovertyModel"]),
        room("SpatialStatistics", needs: ["Geospatial"]),
        room("Workbooks", needs: ["Compression"]),
        room("VectorTiles", needs: ["Geospatial"]),
        room("TileArchives", needs: ["Geospatial", "Compression"]),

        // Store and serve.
        room(
            "SpatialStore",
            needs: [
                "PovertyModel", "Geospatial", "FeatureFilter", "CSQLite", "CSodium",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        room(
            "Pipeline",
            needs: [
                "SocialRegistry", "RegistrySimulation", "Geocoding", "SpatialStore", "PovertyModel",
                "SpatialStatistics", "VectorTiles", "TileArchives", "Geospatial", "Compression",
                "RecordLinkage", "Workbooks", .product(name: "Yams", package: "Yams"),
            ]
        ),
        room(
            "MapService",
            needs: [
                "SpatialStore", "FeatureFilter", "Geocoding", "PovertyModel", "Geospatial",
                "Compression",
                logging,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Web")]
        ),
        .executableTarget(
            name: "peta",
            dependencies: [
                "Pipeline", "MapService", "SpatialStore", "SocialRegistry", "RegistrySimulation",
                "RecordLinkage", "Geocoding", "Geospatial", "PovertyModel", "CMalloc", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: houseSettings
        ),

        // Tests mirror the sources.
        .target(
            name: "TestSupport",
            dependencies: ["Geospatial", "PovertyModel"],
            path: "Tests/TestSupport",
            swiftSettings: houseSettings
        ),
        tests(of: "Compression"),
        tests(of: "Geospatial"),
        tests(of: "FeatureFilter", needs: ["Geospatial"]),
        tests(of: "PovertyModel", needs: ["Geospatial"]),
        tests(of: "SocialRegistry", needs: ["PovertyModel"]),
        tests(of: "RegistrySimulation", needs: ["SocialRegistry", "PovertyModel", "Geospatial"]),
        tests(of: "Geocoding", needs: ["PovertyModel", "Geospatial"]),
        tests(of: "RecordLinkage", needs: ["RegistrySimulation", "PovertyModel"]),
        tests(of: "Workbooks", needs: ["Compression"]),
        tests(of: "SpatialStatistics", needs: ["Geospatial"], resources: [.copy("References")]),
        tests(of: "VectorTiles", needs: ["Geospatial"], resources: [.copy("References")]),
        tests(of: "TileArchives", needs: ["Geospatial", "Compression"]),
        tests(
            of: "SpatialStore",
            needs: [
                "PovertyModel", "Geospatial", "FeatureFilter",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        tests(
            of: "Pipeline",
            needs: [
                "SpatialStore", "SocialRegistry", "RegistrySimulation", "PovertyModel",
                "Geospatial",
                "Geocoding", "Compression", "Workbooks",
            ]
        ),
        tests(
            of: "MapService",
            needs: [
                "SpatialStore", "PovertyModel", "Compression", logging,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["peta", "SpatialStore", "Compression", "TestSupport"],
            resources: [.copy("Golden")],
            swiftSettings: houseSettings
        ),
        // Mutations of Tests/FuzzCorpus through every parser: a few in the tests, millions by `Fuzz`.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Compression", "Geospatial", "FeatureFilter", "PovertyModel", "SocialRegistry",
                "Geocoding", "RecordLinkage", "SpatialStatistics", "Workbooks", "Pipeline",
                "TestSupport",
            ],
            path: "Tests/FuzzTargets",
            swiftSettings: houseSettings
        ),
        .executableTarget(
            name: "Fuzz",
            dependencies: ["FuzzTargets"],
            path: "Tests/Fuzz",
            swiftSettings: houseSettings
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["FuzzTargets"],
            path: "Tests/FuzzTests",
            swiftSettings: houseSettings
        ),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Pipeline", "SpatialStore", "SpatialStatistics", "VectorTiles", "PovertyModel",
                "Geospatial", "FeatureFilter", "Geocoding", "RecordLinkage", "RegistrySimulation",
                "Workbooks",
                "Compression", "TestSupport",
            ],
            path: "Tests/Benchmarks",
            exclude: ["statistics-peers.py"],
            swiftSettings: houseSettings
        ),
    ],
    swiftLanguageModes: [.v6]
)
