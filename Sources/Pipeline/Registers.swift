internal import SocialRegistry
internal import SpatialStore

extension RegistryRelease {
    /// Lists every keluarga, so it gives denominators.
    var isFullRegister: Bool { role == RegistryLayout.Role.fullRegister.rawValue }
}

extension RegistryImport {
    var hasKeluarga: Bool {
        RegistryLayout.Role(rawValue: role)?.hasKeluarga ?? false
    }
}

extension PovertyDatabase {
    /// The registers that list keluarga, the newest release first; at least one.
    func registers() throws -> [RegistryRelease] {
        let registers = RegistryRelease.grouping(try registryImports().filter(\.hasKeluarga))
        guard !registers.isEmpty else { throw PipelineError.noRegister(database: path) }
        return registers
    }

    /// The register that the import `id` belongs to.
    func register(id: Int64) throws -> RegistryRelease {
        let registers = try registers()
        guard let register = registers.first(where: { $0.imports.contains { $0.id == id } })
        else {
            throw PipelineError.unknownRegister(
                id: id, known: registers.flatMap { $0.imports.map(\.id) })
        }
        return register
    }
}
