/// What common parts offer, for percentages.
///
/// Numbers of the vendor's own reports and data sheets; a part that is not here has no percentages.
public struct Part: Hashable, Sendable {
    public var device: String
    public var lut: Int
    public var ff: Int
    public var dsp: Int
    /// Blocks of 18 Kb.
    public var bram18: Int
    public var uram: Int
    /// Whether the numbers were read in a report of a tool; the others are from data sheets.
    public var isMeasured: Bool

    /// The device that a part's name begins with, the longest that fits; nil: not known. Vivado's reports leave the
    /// first letters of the 7 series out: `7z020clg400-1`.
    public static func named(_ part: String) -> Part? {
        let lower = part.lowercased()
        let name = lower.hasPrefix("7") ? "xc" + lower : lower
        return all.filter { name.hasPrefix($0.device) }.max { $0.device.utf8.count < $1.device.utf8.count }
    }

    /// In the order of the families.
    public static let all: [Part] = table.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        let numbers = words.dropFirst().compactMap { Int($0) }
        guard let device = words.first, numbers.count == 5 else { return nil }
        return Part(
            device: String(device), lut: numbers[0], ff: numbers[1], dsp: numbers[2], bram18: numbers[3],
            uram: numbers[4], isMeasured: words.last == "measured")
    }

    /// Device, LUT, FF, DSP, blocks of 18 Kb, URAM.
    private static let table = """
        xc7s6 3750 7500 10 10 0
        xc7s15 8000 16000 20 20 0
        xc7s25 14600 29200 80 90 0
        xc7s50 32600 65200 120 150 0
        xc7s75 48000 96000 140 180 0
        xc7s100 64000 128000 160 240 0
        xc7a12t 8000 16000 40 40 0
        xc7a15t 10400 20800 45 50 0
        xc7a25t 14600 29200 80 90 0
        xc7a35t 20800 41600 90 100 0 measured
        xc7a50t 32600 65200 120 150 0 measured
        xc7a75t 47200 94400 180 210 0
        xc7a100t 63400 126800 240 270 0 measured
        xc7a200t 134600 269200 740 730 0 measured
        xc7k70t 41000 82000 240 270 0
        xc7k160t 101400 202800 600 650 0
        xc7k325t 203800 407600 840 890 0 measured
        xc7k355t 222600 445200 1440 1430 0
        xc7k410t 254200 508400 1540 1590 0
        xc7k420t 260600 521200 1680 1670 0
        xc7k480t 298600 597200 1920 1910 0
        xc7v585t 364200 728400 1260 1590 0
        xc7v2000t 1221600 2443200 2160 2584 0
        xc7vx330t 204000 408000 1120 1500 0
        xc7vx415t 257600 515200 2160 1760 0
        xc7vx485t 303600 607200 2800 2060 0
        xc7vx550t 346400 692800 2880 2360 0
        xc7vx690t 433200 866400 3600 2940 0 measured
        xc7vx980t 612000 1224000 3600 3000 0
        xc7vx1140t 712000 1424000 3360 3760 0
        xc7z007s 14400 28800 66 100 0
        xc7z010 17600 35200 80 120 0 measured
        xc7z012s 34400 68800 120 144 0
        xc7z014s 40600 81200 170 214 0
        xc7z015 46200 92400 160 190 0
        xc7z020 53200 106400 220 280 0 measured
        xc7z030 78600 157200 400 530 0 measured
        xc7z035 171900 343800 900 1000 0
        xc7z045 218600 437200 900 1090 0
        xc7z100 277400 554800 2020 1510 0
        xcku025 145440 290880 1152 720 0
        xcku035 203128 406256 1700 1080 0
        xcku040 242400 484800 1920 1200 0
        xcku060 331680 663360 2760 2160 0
        xcku085 497520 995040 4100 3240 0
        xcku095 537600 1075200 768 3360 0
        xcku115 663360 1326720 5520 4320 0 measured
        xcvu065 358080 716160 600 2520 0
        xcvu080 445712 891424 672 2842 0 measured
        xcvu095 537600 1075200 768 3456 0
        xcvu125 716160 1432320 1200 5040 0
        xcvu160 926400 1852800 1560 6552 0
        xcvu190 1074240 2148480 1800 7560 0
        xcvu440 2532960 5065920 2880 5040 0
        xcau7p 37000 75000 216 216 0
        xcau10p 44000 88000 400 200 0
        xcau15p 78000 156000 576 288 0
        xcau20p 109000 218000 900 400 0
        xcau25p 141000 282000 1200 600 0
        xcku3p 162720 325440 1368 720 48 measured
        xcku5p 216960 433920 1824 960 64
        xcku9p 274080 548160 2520 1824 0
        xcku11p 298560 597120 2928 1200 80
        xcku13p 341280 682560 3528 1488 112
        xcku15p 522720 1045440 1968 1968 128
        xcvu3p 394080 788160 2280 1440 320
        xcvu5p 600577 1201154 3474 2048 470
        xcvu7p 788160 1576320 4560 2880 640
        xcvu9p 1182240 2364480 6840 4320 960 measured
        xcvu11p 1296000 2592000 9216 4032 960 measured
        xcvu13p 1728000 3456000 12288 5376 1280 measured
        xcvu19p 4085760 8171520 3840 4320 320
        xcvu27p 1296000 2592000 9216 4032 960
        xcvu29p 1728000 3456000 12288 5376 1280
        xcvu31p 439680 879360 2880 1344 320
        xcvu33p 439680 879360 2880 1344 320
        xcvu35p 871680 1743360 5952 2688 640
        xcvu37p 1303680 2607360 9024 4032 960
        xcvu47p 1303680 2607360 9024 4032 960
        xcu50 871680 1743360 5952 2688 640 measured
        xcu55c 1303680 2607360 9024 4032 960 measured
        xcu200 1182240 2364480 6840 4320 960
        xcu250 1728000 3456000 12288 5376 1280 measured
        xcu280 1303680 2607360 9024 4032 960 measured
        xczu1eg 37440 74880 216 216 0
        xczu2eg 47232 94464 240 300 0
        xczu3eg 70560 141120 360 432 0 measured
        xczu3teg 72000 144000 576 288 48 measured
        xczu4ev 87840 175680 728 256 48
        xczu5ev 117120 234240 1248 288 64
        xczu6eg 214604 429208 1973 1428 0
        xczu7ev 230400 460800 1728 624 96 measured
        xczu9eg 274080 548160 2520 1824 0 measured
        xczu11eg 298560 597120 2928 1200 80
        xczu15eg 341280 682560 3528 1488 112
        xczu17eg 423403 846806 1590 1592 102
        xczu19eg 522720 1045440 1968 1968 128
        xck26 117120 234240 1248 288 64 measured
        xczu21dr 425280 850560 4272 2160 80
        xczu25dr 310272 620544 3145 1584 48
        xczu27dr 425280 850560 4272 2160 80
        xczu28dr 425280 850560 4272 2160 80
        xczu29dr 425280 850560 4272 2160 80
        xczu48dr 425280 850560 4272 2160 80
        xczu49dr 425280 850560 4272 2160 80 measured
        xcvc1902 899840 1799680 1968 1934 463
        xcvm1802 899840 1799680 1968 1934 463
        xcve2802 520704 1041408 1312 1200 264
        xcvp1202 900224 1800448 3984 2682 677
        """
}
