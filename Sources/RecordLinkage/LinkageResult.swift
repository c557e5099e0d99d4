/// What a pair of records is held to be; every pair that has no link is different.
public enum LinkClass: Sendable, Hashable {
    /// One family: may be joined without a look.
    case same
    /// Probably one family, or one that changed: for a person to decide.
    case likely
}

/// What a link rests on.
public enum LinkEvidence: Sendable, Hashable, CaseIterable {
    /// NIK of the head and No KK agree.
    case headAndCard
    /// The NIK of the head agrees and the person does not contradict it.
    case head
    /// The No KK agrees and so does the person.
    case card
    /// ID Keluarga and year agree and so does the person.
    case register
    /// Name, birth date, sex and place, weighed together.
    case comparison
    /// The NIK agrees, but name and birth date are somebody else's: a number in the wrong row.
    case headOfAnotherPerson
    /// The No KK agrees, the head does not: a split family, or a new head.
    case cardWithAnotherHead
    /// ID Keluarga and year agree, the head does not.
    case registerWithAnotherHead
}

/// One family in both files.
public struct FamilyLink: Sendable, Hashable {
    /// Index in the first file.
    public let first: Int
    /// Index in the second file.
    public let second: Int
    public let linkClass: LinkClass
    public let evidence: LinkEvidence
    /// The posterior probability of `comparison`; 1 where a key decides, 0.5 where a key and the
    /// person contradict each other.
    public let probability: Double
}

/// The links of two files and how they came about.
public struct LinkageResult: Sendable {
    /// Ascending in `first`; no record is in two links.
    public let links: [FamilyLink]
    public let model: LinkageModel
    /// Pairs that the comparison looked at.
    public let comparedPairs: Int
    /// Blocks left out because they held more pairs than the settings allow.
    public let skippedBlocks: Int
    /// Keys left out because too many records share them: a number that stands for "none".
    public let skippedKeys: Int
}

/// How links stand to a known truth.
public struct LinkageQuality: Sendable, Hashable {
    /// Links of the classes asked for.
    public let linked: Int
    /// Links whose two records are of one family.
    public let correct: Int
    /// Families that both files hold.
    public let families: Int
    /// Families of `families` that a correct link joins.
    public let found: Int

    /// Share of the links that are correct; 1 without links.
    public var precision: Double { linked == 0 ? 1 : Double(correct) / Double(linked) }
    /// Share of the families of both files that were found; 1 without such families.
    public var recall: Double { families == 0 ? 1 : Double(found) / Double(families) }

    /// Counts `links` of `classes` against the family of each record of the two files.
    public init(
        _ links: [FamilyLink],
        classes: Set<LinkClass> = [.same],
        firstFamilies: [Int],
        secondFamilies: [Int]
    ) {
        var linked = 0
        var correct = 0
        var found: Set<Int> = []
        for link in links where classes.contains(link.linkClass) {
            linked += 1
            guard firstFamilies[link.first] == secondFamilies[link.second] else { continue }
            correct += 1
            found.insert(firstFamilies[link.first])
        }
        self.linked = linked
        self.correct = correct
        self.found = found.count
        families = Set(firstFamilies).intersection(secondFamilies).count
    }
}
