#include "widgets/what_if/figure_cards.h"

#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <cmath>
#include <cstdlib>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/what_if/ab_slider.h"

namespace rw::ui {

namespace {

QString withSign(bool more, const QString& amount) {
    return (more ? QStringLiteral("+") : QStringLiteral("−")) + amount;
}

QString changeOf(std::uint64_t a, std::uint64_t b) {
    if (a == b) return QStringLiteral("±0");
    return withSign(b > a, countText(b > a ? b - a : a - b));
}

/// Two digits of a share, however small: of late rows a hundredth of a percent says much.
QString finePercent(double share) {
    return shownNumber(figures::tidy(share * 100, 2)) + QChar(0x2009) + u'%';
}

double shareOf(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

QLabel* label(const char* role) {
    auto* made = new QLabel;
    made->setProperty("role", role);
    return made;
}

}  // namespace

FigureCards::FigureCards(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kGrid);
    for (Card& card : m_cards) {
        auto* box = new QFrame;
        box->setAttribute(Qt::WA_StyledBackground);
        box->setProperty("surface", "card");
        auto* column = new QVBoxLayout(box);
        column->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding,
                                   metrics::kGrid);
        column->setSpacing(metrics::kStep);
        card = {label("caption"), label("title"), label("title"), label("caption"),
                new SideSign(CompareSide::B, false)};
        column->addWidget(card.title);
        auto* values = new QHBoxLayout;
        values->setSpacing(metrics::kStep);
        values->addWidget(new SideSign(CompareSide::A, false));
        values->addWidget(card.a);
        values->addSpacing(metrics::kGrid);
        values->addWidget(card.sign);
        values->addWidget(card.b);
        values->addStretch();
        values->addWidget(card.change);
        column->addLayout(values);
        row->addWidget(box, 1);
    }
}

void FigureCards::fill(std::size_t card, const QString& title, const QString& a, const QString& b,
                       const QString& change, const QString& tip) {
    const Card& shown = m_cards[card];
    shown.title->setText(title);
    shown.a->setText(a);
    shown.b->setText(b);
    shown.change->setText(change);
    shown.title->parentWidget()->setToolTip(tipText(tip));
    shown.title->parentWidget()->setAccessibleName(words(card));
}

QString FigureCards::words(std::size_t card) const {
    const Card& shown = m_cards[card];
    return tr("%1: A %2, %3 %4, %5")
        .arg(shown.title->text(), shown.a->text(), letterOf(m_variant), shown.b->text(),
             shown.change->text());
}

void FigureCards::set(const WhatIfAnswer& answer, const WhatIfPort& port, CompareSide variant) {
    m_variant = variant;
    for (const Card& card : m_cards) card.sign->setSide(variant);
    const std::size_t number = numberOf(variant);
    const WhatIfSide &a = answer.sides[0], &b = answer.sides[number];
    fill(0, tr("Late rows"), countText(a.late), countText(b.late), changeOf(a.late, b.late),
         tr("Rows that came after their window had closed."));
    const double shareA = shareOf(a.late, a.sourceRows), shareB = shareOf(b.late, b.sourceRows);
    const QString more = finePercent(std::fabs(shareB - shareA));
    fill(1, tr("Late share"), finePercent(shareA), finePercent(shareB),
         shareA == shareB ? QStringLiteral("±0") : withSign(shareB > shareA, more),
         tr("The late rows among all that the sources gave: %1 in A, %2 in %3.")
             .arg(countText(a.sourceRows), countText(b.sourceRows), letterOf(variant)));
    if (a.rejected > 0 || b.rejected > 0) {
        fill(2, tr("Rejected rows"), countText(a.rejected), countText(b.rejected),
             changeOf(a.rejected, b.rejected), tr("Rows with a value that could not be read or computed."));
    } else {
        const std::uint64_t rowsA = port.sides[0].rows, rowsB = port.sides[number].rows;
        fill(2, tr("Rows of the result"), countText(rowsA), countText(rowsB), changeOf(rowsA, rowsB),
             tr("Rows that are there at the end."));
    }
    const std::optional<Millis> afterA = port.sides[0].resultAfter, afterB = port.sides[number].resultAfter;
    const auto lasting = [](const std::optional<Millis>& after) {
        return after ? lastingText(*after) : QStringLiteral("–");
    };
    QString later = QStringLiteral("±0");
    if (!afterA || !afterB) later.clear();
    if (afterA && afterB && *afterA != *afterB)
        later = withSign(*afterB > *afterA, lastingText(std::abs(*afterB - *afterA)));
    fill(3, tr("Result after the window"), lasting(afterA), lasting(afterB), later,
         afterA || afterB ? tr("How far the newest row must be beyond the end of a window before its result "
                               "comes, while the input goes on.")
                          : tr("Not known: these are no results of windows, early results come, or the "
                               "sources wait differently long."));
}

void FigureCards::setStale(bool stale) {
    for (const Card& card : m_cards) {
        for (QLabel* value : {card.a, card.b}) value->setEnabled(!stale);
    }
}

}  // namespace rw::ui
