import { type WordList, wordList } from './spelling.ts';

/**
 * What addresses are made of, by country: general knowledge of streets, buildings, states and larger towns as they stand
 * in any atlas, written down for this project. A word is here because it recurs in addresses, not because a paper has it.
 */
const ADDRESS_WORDS = {
  malaysia: `jalan jln lorong lrg persiaran lebuh lebuhraya taman tmn kampung kampong bandar bdr seksyen section medan pusat
    perdagangan perniagaan perindustrian industri kawasan batu lot tingkat bangunan kompleks komplek menara wisma plaza
    dataran desa pekan mukim daerah pangsapuri apartment rumah kedai pasar presint precinct lapangan terbang stesen
    hypermarket pasaraya bukit sungai tanjung teluk kuala pulau pantai padang permatang simpang parit ulu hulu hilir
    jaya raya baru baharu lama utama indah permai damai sentosa aman bahagia perdana setia impian mewah maju makmur sejahtera
    harmoni bestari mutiara permata intan cahaya bayu sinar seri sri bunga mawar melati kenanga teratai anggerik orkid
    cempaka dahlia kemuning meranti cengal besar kecil hitam putih merah hijau biru kuning timur barat utara selatan tengah atas bawah hang tun tan datuk datin dato
    sultan raja tengku tunku abdul ahmad ismail rahman razak othman hassan sulaiman ibrahim abu bakar kasim
    selangor johor kedah kelantan melaka malacca negeri sembilan pahang penang pinang perak perlis sabah sarawak terengganu
    wilayah persekutuan labuan putrajaya malaysia darul ehsan takzim aman khusus ridzuan iman naim makmur
    lumpur bahru petaling shah alam subang klang kajang cheras ampang puchong rawang gombak kepong segambut setapak
    sentul bangsar damansara cyberjaya sepang dengkil nilai seremban semenyih balakong serdang kembangan selayang
    kelana kinrara usj sunway bangi banting langat selat kapar meru port dickson telok gong
    batu pahat muar kluang segamat pontian kulai kulaijaya skudai senai tebrau masai pasir gudang gelang patah nusajaya
    iskandar puteri mersing kota tinggi tangkak ledang simpang renggam yong peng labis ayer hitam air keroh
    ipoh taiping manjung sitiawan lumut kampar teluk tapah bidor slim kangsar batu gajah menglembu
    georgetown george town butterworth bayan lepas baru gelugor jelutong perai prai mertajam nibong tebal juru seberang
    alor setar sungai petani kulim langkawi kangar arau bharu kuantan temerloh bentong raub mentakab cameron genting
    kinabalu sandakan tawau lahad datu keningau kuching miri sibu bintulu limbang
    maluri salak selatan wangsa maju melawati keramat lembah datok titiwangsa pudu imbi bintang brickfields mont kiara
    hartamas dutamas manjalara menjalara jinjang aman suria mahkota tropicana kemensah`,
  english: `no unit block level floor ground first second third lot street road lane avenue drive close crescent court gardens
    terrace place square park centre center mall complex tower towers building house suite plaza city town garden heights
    hill north south east west central industrial estate business shopping station airport phase parade market bridge
    green new old high main king queen church mill station victoria boulevard highway parkway county state
    united kingdom ireland england scotland wales usa america singapore australia canada india
    london birmingham manchester leeds glasgow liverpool bristol sheffield edinburgh cardiff belfast leicester coventry
    nottingham newcastle southampton portsmouth brighton plymouth reading derby oxford cambridge york bath norwich`,
  german: `strasse straße str platz allee gasse ring damm ufer weg markt am im an der dem den und bei zum zur alte neue
    haus hof stock etage postfach deutschland österreich schweiz bayern hessen sachsen thüringen brandenburg niedersachsen
    berlin hamburg münchen köln frankfurt stuttgart düsseldorf dortmund essen leipzig bremen dresden hannover nürnberg
    duisburg bochum wuppertal bielefeld bonn münster karlsruhe mannheim augsburg wiesbaden mainz kiel lübeck freiburg
    wien graz linz salzburg innsbruck klagenfurt zürich genf basel bern lausanne winterthur luzern`,
  french: `rue avenue boulevard place chemin allée impasse quai route cours square passage bis zone industrielle artisanale
    centre commercial bâtiment étage cedex france belgique suisse luxembourg saint sainte
    paris marseille lyon toulouse nice nantes strasbourg montpellier bordeaux lille rennes reims toulon grenoble dijon angers
    bruxelles liège genève lausanne`,
} as const;

export const addressWords: WordList = wordList(Object.values(ADDRESS_WORDS).flatMap((words) => words.split(/\s+/)));

/** How many words of the text there are, and how many of them are known of addresses, small misreadings forgiven. */
export function countAddressWords(text: string): { words: number; known: number } {
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  return { words: words.length, known: words.filter((word) => addressWords.nearest(word) !== null).length };
}

/** Whether a line may follow the postcode's and still be the address: it names places and nothing else. */
export function isPlaceLine(text: string): boolean {
  const { words, known } = countAddressWords(text);
  return words > 0 && words < 6 && !/\d/.test(text) && known * 2 >= words;
}
