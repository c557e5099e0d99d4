internal import SocialRegistry
internal import SpatialStore

extension RegistryImport {
    /// Lists every keluarga, so it gives denominators.
    var isFullRegister: Bool { role == RegistryLayout.Role.fullRegister.rawValue }

    var hasKeluarga: Bool { role != RegistryLayout.Role.positions.rawValue }
}

extension PovertyDatabase {
    /// The imports that list keluarga, the newest release first; at least one.
    func registers() throws -> [RegistryImport] {
        let registers = try registryImports().filter(\.hasKeluarga)
        guard !registers.isEmpty else { throw PipelineError.noRegister(database: path) }
        return registers
    }

    /// The register numbered `id`.
    func register(id: Int64) throws -> RegistryImport {
        let registers = try registers()
        guard let register = registers.first(where: { $0.id == id }) else {
            throw PipelineError.unknownRegister(id: id, known: registers.map(\.id))
        }
        return register
    }
}
