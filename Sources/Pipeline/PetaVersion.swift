/// The version of the program, stored with every result.
public enum PetaVersion {
    public static let text = "0.1.0"
}
