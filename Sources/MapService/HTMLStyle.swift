/// The style of the pages, in the colours of the web map.
enum HTMLStyle {
    static let sheet = """
        :root{--tinta:#17262e;--redup:#52646d;--garis:#dde3e4;--latar:#f5f7f6;--aksen:#0f4c5c;\
        --aksen-muda:#e2eef0;color-scheme:light}
        *,*::before,*::after{box-sizing:border-box}
        body{margin:0;font:16px/1.5 "Segoe UI Variable Text","Segoe UI",system-ui,-apple-system,\
        "Noto Sans",Roboto,sans-serif;font-variant-numeric:tabular-nums;color:var(--tinta);\
        background:#fff;-webkit-text-size-adjust:100%}
        h1,h2,h3,p,ul,ol,dl,dd{margin:0;padding:0}ul,ol{list-style:none}
        .lebar{display:block;max-width:1080px;margin:0 auto;padding:0 20px}
        a{color:var(--aksen);text-underline-offset:3px;text-decoration-color:#9dbcc4}
        a:hover{text-decoration-color:currentColor}
        :focus-visible{outline:3px solid #1b7fb0;outline-offset:2px}
        .lompat{position:absolute;left:8px;top:-120px;padding:12px 16px;background:#fff;\
        border-radius:8px;box-shadow:0 6px 22px rgba(20,40,50,.2)}.lompat:focus{top:8px}
        .kepala{padding:14px 0 10px;border-bottom:1px solid var(--garis);background:var(--latar)}
        .merek{font-weight:650;letter-spacing:-.01em}.merek span{font-weight:400;\
        color:var(--redup);margin-left:6px}
        .jejak{display:flex;flex-wrap:wrap;font-size:14px}
        .jejak a{display:inline-block;padding:8px 0}
        .jejak li+li::before{content:"/";margin:0 8px;color:var(--redup)}
        .jejak [aria-current]{color:var(--tinta);text-decoration:none}
        .simulasi{background:#fff4d8;color:#5c3a02;border-bottom:1px solid #e3b04b;\
        font-size:14px;padding:9px 0}.simulasi b{margin-right:8px}
        main{padding-top:26px!important;padding-bottom:44px!important}
        h1{font-size:28px;line-height:1.2;font-weight:650;letter-spacing:-.015em;\
        margin-bottom:10px;overflow-wrap:anywhere}
        h2{font-size:18px;line-height:1.3;font-weight:650;margin:0 0 10px}
        h3{font-size:16px;font-weight:650;overflow-wrap:anywhere}
        section{margin-top:32px}.isi{max-width:68ch;margin-bottom:12px}
        small,.catatan{font-size:13px;color:var(--redup)}
        .kosong{color:var(--redup);font-style:italic}
        code{font:13px/1.5 ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;\
        overflow-wrap:anywhere;color:#34454e}td code,th code{overflow-wrap:break-word}
        .tautan li{padding:9px 0;border-bottom:1px solid var(--garis)}
        .tautan small{margin-left:8px;white-space:nowrap}
        .koleksi{display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:0 32px}
        .koleksi li{padding:14px 0;border-top:1px solid var(--garis)}
        .koleksi p{font-size:14px;color:var(--redup);margin-top:4px}
        .utama{display:flex;flex-wrap:wrap;gap:10px;margin:16px 0 4px}
        .utama a,button{display:inline-flex;align-items:center;min-height:44px;padding:0 16px;\
        border:1px solid #c4cdd0;border-radius:9px;background:#fff;color:var(--tinta);\
        text-decoration:none;font:inherit;font-size:15px}
        .utama a:first-child,button{background:var(--aksen);border-color:var(--aksen);color:#fff}
        .utama a:hover{border-color:var(--aksen)}button{cursor:pointer}
        .fakta{display:grid;grid-template-columns:minmax(120px,200px) minmax(0,1fr);gap:8px 20px;\
        margin:14px 0}
        .fakta dt{color:var(--redup)}.fakta dd{overflow-wrap:anywhere}
        dd dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:2px 12px;font-size:14px}
        .gulung{overflow-x:auto;border:1px solid var(--garis);border-radius:9px;margin:12px 0}
        table{width:100%;border-collapse:separate;border-spacing:0;font-size:14px}
        caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        th,td{padding:9px 12px;text-align:left;vertical-align:top;border-bottom:1px solid #edf0f0}
        tbody tr:last-child>*{border-bottom:0}
        thead th{background:var(--latar);border-bottom:1px solid #c4cdd0;font-weight:600;\
        white-space:nowrap}
        tbody th{font-weight:600}.kanan{text-align:right}td.kanan{white-space:nowrap}
        .lebar-isi td,.lebar-isi tbody th{white-space:nowrap}
        .lebar-isi tbody th,.lebar-isi thead th:first-child{position:sticky;left:0;\
        background:#fff;border-right:1px solid var(--garis)}
        .lebar-isi thead th:first-child{background:var(--latar)}
        form{margin:16px 0}label{display:block;font-weight:600;margin-bottom:4px}
        .baris{display:flex;flex-wrap:wrap;gap:8px}
        input{flex:1 1 240px;min-width:0;height:44px;padding:0 12px;border:1px solid #8b989e;\
        border-radius:9px;font:inherit;color:inherit}
        .halaman{display:flex;flex-wrap:wrap;gap:4px 20px;align-items:baseline;margin:8px 0}
        .halaman a{display:inline-block;padding:8px 0}
        .sketsa{display:block;width:100%;height:auto;max-height:460px;background:var(--latar);\
        border:1px solid var(--garis);border-radius:9px;margin:14px 0}
        .sketsa path,.sketsa circle{fill:#bcd3d8;stroke:#0f4c5c;stroke-width:.8;\
        stroke-linejoin:round}.sketsa .garis{fill:none;stroke-width:1.5}
        .sketsa a:hover>*,.sketsa a:focus-visible>*{fill:#e3b04b}
        .operasi{padding:16px 0;border-top:1px solid var(--garis)}
        .operasi h3 code{font-size:15px;color:var(--tinta)}
        .cara{display:inline-block;min-width:52px;font-size:12px;font-weight:700;color:#fff;\
        background:var(--aksen);border-radius:5px;padding:2px 6px;margin-right:8px;\
        text-align:center;vertical-align:2px}.cara.post{background:#7a4a00}
        details{border-top:1px solid var(--garis)}
        summary{cursor:pointer;padding:12px 0;font-weight:600}
        .kaki{border-top:1px solid var(--garis);background:var(--latar);padding:18px 0 26px;\
        font-size:14px;color:var(--redup)}
        .bentuk{display:flex;flex-wrap:wrap;gap:0 16px}.bentuk li{padding:8px 0}
        @media (max-width:600px){.lebar{padding:0 16px}h1{font-size:23px}
        .merek span{display:block;margin:0;font-size:14px}
        .fakta{grid-template-columns:1fr;gap:0}.fakta dd{margin-bottom:10px}
        .lebar-isi tbody th{max-width:150px;white-space:normal}
        .utama a{flex:1 1 auto;justify-content:center}}
        """
}
