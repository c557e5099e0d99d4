/// A place in a family before it has a name: kinship, sex, age.
///
/// Assumed: a couple with children, a third of the older and larger families with those of a
/// married child, a fifth of the younger with a parent; women at the head are widowed or divorced.
struct KinPlace: Sendable {
    var relation: FamilyRelation
    var isWoman: Bool
    /// In years at the end of 2025.
    var age: Int
    var maritalStatus: MaritalStatus

    /// The head first, `memberCount` in all.
    static func family(
        _ keluarga: SimulatedKeluarga,
        _ generator: inout SeededGenerator
    ) -> [KinPlace] {
        var places = kinship(keluarga, &generator)
        for index in places.indices.dropFirst() where places[index].relation == .child {
            let isOfAge = places[index].age >= 22
            if isOfAge, places[index].maritalStatus == .single, generator.happens(0.1) {
                places[index].maritalStatus = generator.happens(0.7) ? .married : .divorced
            }
        }
        return places
    }

    private static func kinship(
        _ keluarga: SimulatedKeluarga,
        _ generator: inout SeededGenerator
    ) -> [KinPlace] {
        let isWoman = keluarga.head.isWoman
        let count = keluarga.memberCount
        let hasSpouse = count > 1 && !isWoman && generator.happens(0.93)
        let age =
            switch count {
            case 1: 30 + generator.index(below: 30) + generator.index(below: 30)
            case 2: 28 + generator.index(below: 28) + generator.index(below: 28)
            default: 25 + generator.index(below: 18) + generator.index(below: 18)
            }
        let status: MaritalStatus =
            if hasSpouse {
                .married
            } else if count == 1 && age < 50 && generator.happens(0.6) {
                .single
            } else {
                generator.happens(0.75) ? .widowed : .divorced
            }
        var places = [
            KinPlace(relation: .head, isWoman: isWoman, age: age, maritalStatus: status)
        ]
        places.reserveCapacity(count)
        var motherAge = age
        if hasSpouse {
            motherAge = max(21, age + 3 - generator.index(below: 10))
            places.append(
                KinPlace(relation: .spouse, isWoman: true, age: motherAge, maritalStatus: .married)
            )
        }
        var left = count - places.count
        if left >= 3, motherAge >= 46, generator.happens(0.35) {
            let oldest = min(motherAge - 18, 24 + generator.index(below: 8))
            let daughter = generator.happens(0.6)
            places.append(
                KinPlace(
                    relation: .child,
                    isWoman: daughter,
                    age: oldest,
                    maritalStatus: .married
                )
            )
            places.append(
                KinPlace(
                    relation: .childInLaw,
                    isWoman: !daughter,
                    age: max(21, oldest + (daughter ? 2 : -2)),
                    maritalStatus: .married
                )
            )
            for younger in 0..<(left - 2) {
                places.append(
                    KinPlace(
                        relation: .grandchild,
                        isWoman: generator.happens(0.5),
                        age: max(0, oldest - 20 - generator.index(below: 4) - 2 * younger),
                        maritalStatus: .single
                    )
                )
            }
            return places
        }
        let hasParent = left >= 1 && age <= 55 && generator.happens(0.18)
        if hasParent { left -= 1 }
        var childAge = min(motherAge - 19 - generator.index(below: 8), 34)
        for _ in 0..<left {
            if childAge >= 0 {
                places.append(
                    KinPlace(
                        relation: .child,
                        isWoman: generator.happens(0.49),
                        age: childAge,
                        maritalStatus: .single
                    )
                )
                childAge -= 2 + generator.index(below: 4)
            } else {
                let otherAge = 3 + generator.index(below: 50)
                places.append(
                    KinPlace(
                        relation: .other,
                        isWoman: generator.happens(0.5),
                        age: otherAge,
                        maritalStatus: otherAge < 25 || generator.happens(0.5) ? .single : .widowed
                    )
                )
            }
        }
        if hasParent {
            places.append(
                KinPlace(
                    relation: .parent,
                    isWoman: generator.happens(0.75),
                    age: min(95, age + 18 + generator.index(below: 14)),
                    maritalStatus: .widowed
                )
            )
        }
        return places
    }
}
