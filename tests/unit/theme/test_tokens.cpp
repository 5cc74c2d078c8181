// The tables of colours keep the promises of ui.md: words readable on every surface they stand on.
#include <QtTest/QtTest>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/theme/note_tones.h"
#include "widgets/theme/tokens.h"

using namespace rw::ui;

namespace {

struct NamedTokens {
    const char* name;
    const Tokens& tokens;
};

const std::array<NamedTokens, 4> kThemes = {{{"dark", darkTokens()},
                                             {"light", lightTokens()},
                                             {"dark high contrast", darkHighContrastTokens()},
                                             {"light high contrast", lightHighContrastTokens()}}};

using Triple = std::array<double, 3>;
/// The linear red, green and blue that each of them becomes (Machado and others 2009).
using Vision = std::array<Triple, 3>;
constexpr std::array<Vision, 4> kVisions = {
    {{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}}};

Triple times(const Vision& matrix, const Triple& vector) {
    Triple product{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t i = 0; i < 3; ++i) product[row] += matrix[row][i] * vector[i];
    return product;
}

/// In CIE L*a*b*.
Triple seenBy(const Vision& vision, const QColor& color) {
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    Triple seen = times(vision, {linear(color.redF()), linear(color.greenF()), linear(color.blueF())});
    for (double& channel : seen) channel = std::clamp(channel, 0.0, 1.0);
    constexpr Vision kToXyz = {
        {{0.4339, 0.3762, 0.1899}, {0.2126, 0.7152, 0.0722}, {0.0177, 0.1095, 0.8729}}};
    Triple xyz = times(kToXyz, seen);
    for (double& part : xyz) part = part > 0.008856 ? std::cbrt(part) : 7.787 * part + 16.0 / 116;
    return {116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])};
}

double distanceOf(const Triple& a, const Triple& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

}  // namespace

class TestTokens : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void contrastOfKnownPairs();
    void wordsAreReadable_data();
    void wordsAreReadable();
    void marksAreVisible_data();
    void marksAreVisible();
    void heatIsToldApart_data();
    void heatIsToldApart();
    void highContrastHasNoTints();
    void mixing();
};

void TestTokens::contrastOfKnownPairs() {
    QCOMPARE(contrastRatio(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
    QVERIFY(std::abs(contrastRatio(QColor(0x767676), Qt::white) - 4.54) < 0.01);
}

void TestTokens::wordsAreReadable_data() {
    QTest::addColumn<QColor>("word");
    QTest::addColumn<QColor>("surface");
    for (const auto& [name, t] : kThemes) {
        const auto row = [theme = name](const char* what, const QColor& word, const QColor& surface) {
            QTest::addRow("%s: %s", theme, what) << word << surface;
        };
        const std::array<std::pair<const char*, QColor>, 7> grounds = {{{"bg", t.bg},
                                                                        {"panel", t.panel},
                                                                        {"panel2", t.panel2},
                                                                        {"card", t.card},
                                                                        {"field", t.field},
                                                                        {"hover", t.hover},
                                                                        {"selected", t.selected}}};
        const std::array<std::pair<const char*, QColor>, 3> words = {
            {{"text", t.text}, {"dim", t.dim}, {"accent", t.accent}}};
        for (const auto& [ground, surface] : grounds)
            for (const auto& [word, color] : words)
                row(qPrintable(QStringLiteral("%1 on %2").arg(QLatin1String(word), QLatin1String(ground))),
                    color, surface);
        row("on accent", t.onAccent, t.accent);
        row("on pressed accent", t.onAccent, t.accentPressed);
        row("on fired window", t.onFiredWindow, t.firedWindow);
        for (const auto& [kind, colors] :
             {std::pair{"source", t.source}, {"operator", t.op}, {"sink", t.sink}}) {
            row(kind, colors.text, colors.tint);
            row(kind, colors.text, t.panel);
            row(kind, colors.text, t.card);
            row("title on a card header", t.text, colors.tint);
        }
        const NoteTones notes = noteTones(t);
        for (const NoteTone* note :
             {&notes.plain, &notes.blue, &notes.green, &notes.amber, &notes.red, &notes.violet}) {
            row("words of a comment", t.dim, note->tint);
        }
        for (const auto& [state, colors] : {std::pair{"ok", t.ok}, {"warn", t.warn}, {"error", t.error}}) {
            row(state, colors.text, colors.tint);
            row(state, colors.text, t.panel);
            row(state, colors.text, t.card);
            row(state, colors.text, t.field);
            row("words of a hint", t.text, colors.tint);
            row("link of a hint", t.accent, colors.tint);
        }
    }
}

void TestTokens::wordsAreReadable() {
    QFETCH(QColor, word);
    QFETCH(QColor, surface);
    const double ratio = contrastRatio(word, surface);
    QVERIFY2(ratio >= 4.5,
             qPrintable(QStringLiteral("%1 on %2: %3").arg(word.name(), surface.name()).arg(ratio)));
}

void TestTokens::marksAreVisible_data() {
    QTest::addColumn<QColor>("mark");
    QTest::addColumn<QColor>("surface");
    for (const auto& [name, t] : kThemes) {
        for (std::size_t i = 0; i < t.series.size(); ++i)
            QTest::addRow("%s: series %zu", name, i + 1) << t.series[i] << t.panel;
        for (const auto* kind : {&t.source, &t.op, &t.sink})
            QTest::addRow("%s: icon on a kind's fill", name) << t.onKind << kind->fill;
        for (const auto* state : {&t.ok, &t.warn, &t.error})
            QTest::addRow("%s: state mark", name) << state->line << t.panel;
        const NoteTones notes = noteTones(t);
        for (const NoteTone* note : {&notes.blue, &notes.green, &notes.amber, &notes.red, &notes.violet})
            QTest::addRow("%s: edge of a comment", name) << note->line << t.bg;
        QTest::addRow("%s: idle wire", name) << t.wireIdle << t.bg;
        QTest::addRow("%s: flowing wire", name) << t.wireFlowing << t.bg;
        QTest::addRow("%s: focus ring", name) << t.accent << t.panel;
    }
}

void TestTokens::marksAreVisible() {
    QFETCH(QColor, mark);
    QFETCH(QColor, surface);
    const double ratio = contrastRatio(mark, surface);
    QVERIFY2(ratio >= 3.0,
             qPrintable(QStringLiteral("%1 on %2: %3").arg(mark.name(), surface.name()).arg(ratio)));
}

void TestTokens::heatIsToldApart_data() {
    QTest::addColumn<QColor>("one");
    QTest::addColumn<QColor>("other");
    for (const auto& [name, t] : kThemes) {
        for (std::size_t i = 0; i < t.heat.size(); ++i) {
            for (std::size_t j = i + 1; j < t.heat.size(); ++j)
                QTest::addRow("%s: %zu and %zu", name, i + 1, j + 1) << t.heat[i] << t.heat[j];
        }
    }
}

void TestTokens::heatIsToldApart() {
    QFETCH(QColor, one);
    QFETCH(QColor, other);
    for (const Vision& vision : kVisions) {
        const double distance = distanceOf(seenBy(vision, one), seenBy(vision, other));
        QVERIFY2(distance > 7, qPrintable(QString::number(distance)));
    }
}

void TestTokens::highContrastHasNoTints() {
    for (const Tokens* t : {&darkHighContrastTokens(), &lightHighContrastTokens()}) {
        QCOMPARE(t->line2, t->text);
        QCOMPARE(t->source.tint, t->panel);
        QCOMPARE(t->warn.tint, t->panel);
    }
}

void TestTokens::mixing() {
    QCOMPARE(mixed(Qt::white, Qt::black, 1.0), QColor(Qt::white));
    QCOMPARE(mixed(Qt::white, Qt::black, 0.0).lightness(), 0);
    QCOMPARE(mixed(Qt::white, Qt::black, 0.5).red(), 128);
}

QTEST_APPLESS_MAIN(TestTokens)
#include "test_tokens.moc"
