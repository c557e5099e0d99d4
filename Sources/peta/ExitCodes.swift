internal import Foundation
internal import MapService
internal import Pipeline
internal import SpatialStore

/// What the process says when it ends; numbers of sysexits.h where one fits.
enum ExitCodes: Int32, CaseIterable {
    /// Wrong options; ArgumentParser ends with it by itself.
    case usage = 64
    case unusableData = 65
    case noInput = 66
    /// SpatiaLite or GDAL.
    case libraryMissing = 69
    case cannotWrite = 73
    case diskFull = 74
    /// Another process is in the way: a database that is being written, a port in use.
    case busy = 75
    case key = 77
    case configuration = 78
    /// A step that has to come first is missing.
    case order = 79

    /// Nil for errors that are not ours.
    static func code(of error: any Error) -> ExitCodes? {
        switch error {
        case let error as StoreError: storeCode(of: error)
        case let error as PipelineError: pipelineCode(of: error)
        case let error as AreaFileError:
            switch error {
            case .badChoice, .tilesTooLarge: .configuration
            default: .unusableData
            }
        case let error as CollectionPublishing.Failure:
            switch error {
            case .badName, .takenName, .unknownProperties: .configuration
            case .personalColumn, .noFeatures: .unusableData
            }
        case let error as ServeError:
            switch error {
            case .portInUse: .busy
            case .portNotAllowed: .configuration
            }
        default: nil
        }
    }

    private static func storeCode(of error: StoreError) -> ExitCodes {
        switch error {
        case .spatiaLiteMissing, .spatiaLiteTooOld, .spatiaLiteFailed: .libraryMissing
        case .databaseMissing: .noInput
        case .notAPetaDatabase, .databaseNewer, .unknownDesa, .damagedGeometry: .unusableData
        case .databaseBusy: .busy
        case .diskFull: .diskFull
        case .databaseExists, .cannotWrite: .cannotWrite
        case .keyMissing, .keyUnreadable, .keyOpenToOthers, .keyDoesNotFit, .keyExists: .key
        case .unknownBoundarySet: .configuration
        case .nothingPublished: .order
        }
    }

    private static func pipelineCode(of error: PipelineError) -> ExitCodes {
        switch error {
        case .fileMissing, .fileUnreadable: .noInput
        case .fileEmpty, .badWorkbook, .fileNotUTF8, .fileUnknownLayout, .fileCut,
            .fileQuoteOpen, .fileHasNoRows, .notGeoJSON, .notConverted, .noAreas, .brokenArea,
            .badGazetteer, .noPlaceColumns, .fileTooLong, .mappingDoesNotFit:
            .unusableData
        case .badCriteria, .noRuleInForce, .unknownRule, .unknownRegister, .unknownKeluarga,
            .noCodeField, .badMapping, .sameRegister, .unknownRelease, .unknownLayer,
            .layersNotJoinable:
            .configuration
        case .keyFromEnvironment: .key
        case .noBoundarySet, .noRegister, .notGeocoded, .noDenominator: .order
        case .diskFull: .diskFull
        case .cannotWrite, .folderExists: .cannotWrite
        case .gdalMissing: .libraryMissing
        }
    }
}
