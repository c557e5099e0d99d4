/// A family with its members and all that only some layouts ask.
struct SimulatedFamily: Sendable {
    let keluarga: SimulatedKeluarga
    /// Among all families of the registry, from 0.
    let index: Int
    /// The head first; only who was born when the register was taken.
    let members: [SimulatedMember]
    let details: FamilyDetails
    /// `DUSUN KRAJAN RT 003 RW 001`.
    let address: [UInt8]
    /// Of the family before it in the file, when that is of the same desa.
    let precedingHeadNIK: UInt64?

    var head: SimulatedMember { members[0] }

    /// The NIK that stands by mistake for that of a member: for the head that of the head before,
    /// for others that of the member before.
    func mistakenNIK(ofMember position: Int) -> UInt64? {
        position == 0 ? precedingHeadNIK : members[position - 1].nik
    }
}
