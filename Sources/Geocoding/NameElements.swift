internal import Foundation

/// How likely a name is written where another place than ours is meant.
///
/// Java's desa are named from a stock of words: whatever is put together from these (Wonosari,
/// Sukoreno) is more likely another desa's right name than a slip in one of ours, and what is
/// not (Woonasri) is more likely the slip. The letters between the words follow the pairs of
/// letters of the gazetteer.
struct NameElements: Sendable {
    /// Words of place names all over Java, from common knowledge of the language.
    private static let words = """
        alas alun ambal ampel andong anom arjo arum asem asih babad babat badas bagor bakalan
        baluk banaran bandar bandaran bandung bangah bangil bangle bangsal bangun banteng bantur
        baran bareng baron baru batok bawang bayan bayem beji bekel bengkel benteng berbek
        beringin besar besuki beteng betet bibis binangun blega bogo bogor bojong bolo bontang
        boro boyo brani brantas bringin broto buaran bugel bugis bulak bulan buluh bumi bungah
        bungur cabean cakru candi cangkring catur cemara cempaka cepiring cilik citro ciwaru
        condro curah dadap dagangan dami dampit dander dasri dawe daya dayu deket delik dempel
        demung diwek dono doplang doro duko dukuh dungus durung duwet gadung gajah galing gambir
        gampang gandu gandul ganting gayam gayaman gebang gedangan gedong gedongan gembol gemuh
        geneng genengan genteng gentong gerih gesing gili girang giri glodog gondo gowok
        grobogan grogol gubug guci gumelar gumuk harjo ijo indah jaba jabon jagir jajar jambe
        jambon jambu janti jebres jember jenar jenggot jenu jeruk jerukan jetis jimbe jogo
        jombang juwet kaji kalong kampung kandang kapas karas kare karto kasembon kasri katur
        kauman kawat kawis kebalen kebo kecil kedunggalar kelapa kembang kemiri kemuning kendal
        kendung kenongo kentong kepanjen kepuh kerep kerik kerta kesamben ketapang keting
        klampis klepu kluwut kolak krajan kramat kranggan krapyak kresek kresno kuning kuniran
        kuripan kuwu kweden labuhan lamong langgar larangan lawang lebak lemah lembang lembeyan
        lengkong leses lestari lodoyo loh lojejer lumajang lumbung luwung madu maduran maguan
        majapahit majas mangaran manggis mangli mangun manis manjung marga margo maron mayang
        mekar mendalan menganti mentaos menteng mentoro menur merak mlaten mojosari mulya munggu
        nambakan nampes nanas nangka nganti ngasem ngawen ngebel ngemplak ngepon nglebak ngluyu
        ngrami ngrejo nguling nogo nongko pabelan pacar pacul padang padas pagak pager pajar
        paju pakal pakem pakis pakong palang palem pamong panca pancur pandak panggang panggul
        panji papar pare paron pasar paseh pataan patebon pati patih pejok pelem penanggal
        pesanggrahan petak petir petung pilang pinang pinggir ploso plosok polo polorejo ponggok
        prambon pring pringgo pucung pudak pule pulung puncak pundung punggul puro puspo putat
        putih putra putri raja raji rambat rambi ranu rawa rawi reja rembang reno rogo rojo
        rombo rukem sadang sadeng salak salam samba sambak sambeng sambi sambirejo sambong
        sampang sampir sana sangkal santren sapto sawit sawo sedati sedayu sejati sekaran selur
        semanding sembung semen semeru sempol sendi sengkaling sengon seno sentol seputih serang
        serut setia setro setya simo singo singosari sirno slawe slumbung sobo soko sono
        sonorejo sooko sorgo srengat sri subur suci sudi sugih sukun sumbang sumberjo sumenep
        sumo suren suru suwaru suwo tamba tambang tanah tandes tanggul tanggung tangkil tapen
        tawang tawar teguh telogo temas tembok temon tempel tempur temu tenggur terate terong
        terung tinggar tinggi titik tondo tratas trate trenggulun trucuk truko tuban tukum
        tulang tulung tulus tumenggung tumpak tumpang tunggul tunggur tunjung turen turi tutur
        ujung ulu unggul utama wadung wagir warung wates wedi wedoro wening werdi widang widodo
        wijaya wilayut winong wiro wirun wiyono wojo wonoayu wonosari woro wringin wuluh wungu
        wuni yoso yudo
        """

    /// What each word of the list costs, in nats: about one in four hundred, common ones double.
    private static let wordCost: Float = 5.2
    private static let frequentWords = """
        agung anyar asri banjar banyu batu bendo dadi duren gading gedang glagah gondang gunung
        jati jaya joyo kali karang kebon kedung kerto kidul kulon lor mojo mukti mulyo ngadi
        pandan panjang pasir pondok poh pucang pulo purwo randu rejo ringin rowo sari sawah sekar
        selo sendang sido suka suko sumber sumur taman tambak tanjung tegal tirto tlogo waru watu
        wetan wono
        """
    private static let frequentCost: Float = 3.9

    /// Names of other islands follow other pairs of letters: none is dearer than this.
    private static let greatestLetterCost: Float = 3.0

    private var letterCost = Array(repeating: Float(0), count: 37 * 37)
    /// A trie: 27 children a node, 0 for none.
    private var children: [Int16] = Array(repeating: 0, count: 27)
    private var cost: [Float] = [.infinity]

    /// Learns which letters follow each other from `keys`.
    init(keys: [NameLetters]) {
        for word in Self.frequentWords.split(whereSeparator: \.isWhitespace) {
            insert(word, cost: Self.frequentCost)
        }
        for word in Self.words.split(whereSeparator: \.isWhitespace) {
            insert(word, cost: Self.wordCost)
        }
        learnLetters(keys)
    }

    /// -log of the likelihood that a place elsewhere is written so, in nats.
    ///
    /// - Complexity: O(*n* · *w*), *w* the length of the longest word of the list.
    func cost(of name: NameLetters) -> Float {
        var best = InlineArray<41, Float>(repeating: .infinity)
        best[0] = 0
        for start in 0..<name.count {
            let here = best[start]
            let code = Int(name[start])
            let before = start == 0 ? 0 : Int(name[start - 1])
            best[start + 1] = min(best[start + 1], here + letterCost[before * 37 + code])
            var node = 0
            var end = start
            while end < name.count, name[end] <= 26 {
                node = Int(children[node * 27 + Int(name[end])])
                if node == 0 { break }
                end += 1
                best[end] = min(best[end], here + cost[node])
            }
        }
        return best[name.count] + letterCost[Int(name[name.count - 1]) * 37]
    }

    private mutating func insert(_ word: Substring, cost wordCost: Float) {
        var node = 0
        for byte in word.utf8 {
            let slot = node * 27 + Int(byte) - 96
            if children[slot] == 0 {
                children[slot] = Int16(cost.count)
                children.append(contentsOf: repeatElement(0, count: 27))
                cost.append(.infinity)
            }
            node = Int(children[slot])
        }
        cost[node] = min(cost[node], wordCost)
    }

    private mutating func learnLetters(_ keys: [NameLetters]) {
        var counts = Array(repeating: Float(0.25), count: 37 * 37)
        for key in keys {
            for index in 0...key.count {
                counts[Int(key[index - 1]) * 37 + Int(key[index])] += 1
            }
        }
        for row in 0..<37 {
            let sum = counts[(row * 37)..<(row * 37 + 37)].reduce(0, +)
            for column in 0..<37 {
                letterCost[row * 37 + column] = min(
                    Self.greatestLetterCost, -log(counts[row * 37 + column] / sum))
            }
        }
    }
}
