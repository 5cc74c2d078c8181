#include "widgets/versions/effect_view.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kWidestCell = 240;
constexpr int kLeastHeight = 232;  ///< both tables have some rows

QTableView* effectTable(QAbstractItemModel& model, QWidget* parent) {
    auto* table = new QTableView(parent);
    table->setModel(&model);
    applyTableStyle(*table);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    return table;
}

QString countedRows(std::uint64_t rows) {
    return translated(figures::counted(rows, RW_TEXT("versions", "1 row"), RW_TEXT("versions", "%1 rows")));
}

}  // namespace

EffectView::EffectView(QWidget* parent)
    : QWidget(parent),
      m_input(new ElidedLabel({}, this)),
      m_shield(new Chip({}, this)),
      m_took(new QLabel(this)),
      m_again(new QPushButton(this)),
      m_outputTable(effectTable(m_outputs, this)),
      m_rowTable(effectTable(m_rows, this)),
      m_rowWords(new ElidedLabel({}, this)),
      m_empty(new EmptyState(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "top");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    auto* pages = new QWidget(this);
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(makeTables());
    m_pages->addWidget(m_empty);
    column->addWidget(pages, 1);
    setFocusProxy(m_outputTable);
    connect(&m_asker, &EffectAsker::changed, this, &EffectView::showAll);
    connect(m_outputTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &EffectView::showRows);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (isWaiting()) return m_asker.cancel();
        if (m_question) m_asker.askSoon(*m_question);
    });
    setMinimumHeight(Theme::of(this).scaled(kLeastHeight));
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        setMinimumHeight(Theme::of(this).scaled(kLeastHeight));
        m_outputs.refresh();
        m_rows.refresh();
        showAll();
    });
    retranslate();
}

QWidget* EffectView::makeBar() {
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kListPadding, metrics::kBarPadding, metrics::kListPadding,
                            metrics::kBarPadding);
    row->setSpacing(metrics::kGrid);
    m_input->setElideMode(Qt::ElideRight);
    m_shield->setIcon(QStringLiteral("shield"));
    m_shield->setTone(Chip::Tone::Accent);
    m_took->setProperty("role", "caption");
    m_again->setProperty("controlSize", "small");
    row->addWidget(m_input, 1);
    row->addWidget(m_shield);
    row->addWidget(m_took);
    row->addWidget(m_again);
    return bar;
}

QWidget* EffectView::makeTables() {
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    m_outputTable->setItemDelegateForColumn(EffectOutputs::kShares, new SharesDelegate(m_outputTable));
    m_rowWords->setElideMode(Qt::ElideRight);
    m_rowWords->setProperty("role", "caption");
    m_rowWords->setContentsMargins(metrics::kListPadding, metrics::kStep, metrics::kListPadding,
                                   metrics::kStep);
    elideAtEdges(*m_rowTable);
    auto* rows = new QWidget(parts);
    auto* column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_rowWords);
    column->addWidget(m_rowTable, 1);
    parts->addWidget(m_outputTable);
    parts->addWidget(rows);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    return parts;
}

void EffectView::compare(std::optional<EffectQuestion> question) {
    m_question = std::move(question);
    if (m_question) return m_asker.askSoon(*m_question);
    m_asker.cancel();
    showAll();
}

void EffectView::forget() {
    m_question.reset();
    m_asker.forget();
}

QString EffectView::inputWords(const EffectAnswer& answer) const {
    const QString rows = countedRows(answer.answer.sides.front().sourceRows);
    if (!answer.asked.tape.isEmpty())
        return tr("Both versions ran on the tape “%1”, %2")
            .arg(shownText(QFileInfo(answer.asked.tape).completeBaseName()), rows);
    return (answer.asked.kept ? tr("Both versions ran on the newest input of the run, %1")
                              : tr("Both versions read the sources again, %1"))
        .arg(rows);
}

void EffectView::showBar(const EffectAnswerRef& answer) {
    const bool waiting = isWaiting(), good = answer && answer->failed.ok();
    QStringList words;
    if (good) {
        words << inputWords(*answer);
        if (!answer->incomplete.empty()) words << translated(answer->incomplete);
        for (const WhatIfSide& side : answer->answer.sides) {
            for (const Text& note : side.notes) {
                if (const QString line = translated(note); !words.contains(line)) words << line;
            }
        }
    }
    m_input->setText(words.join(QStringLiteral(" · ")));
    m_took->setText(waiting ? tr("computing…")
                    : good
                        ? tookText(answer->answer.sides.front().seconds + answer->answer.sides.back().seconds)
                        : QString());
    m_again->setText(waiting ? tr("Cancel") : tr("Run again"));
    m_again->setIcon(Theme::of(this).icon(waiting ? u"x" : u"refresh"));
    m_again->setEnabled(waiting || m_question);
}

/// While another answer is computed the one before stays, unless it is of no question any more.
void EffectView::showAll() {
    const EffectAnswerRef answer = m_question ? m_asker.answer() : nullptr;
    showBar(answer);
    const QString icon = QStringLiteral("compare");
    if (!m_question) {
        show(nullptr);
        m_empty->set(icon, tr("No row differs"),
                     tr("Both versions run alike: what differs between them has no effect on rows."));
        return m_pages->setCurrentIndex(1);
    }
    if (answer && answer->failed.ok()) {
        show(answer);
        return m_pages->setCurrentIndex(0);
    }
    show(nullptr);
    if (isWaiting()) {
        m_empty->set(icon, tr("Both versions run"), tr("They read the same input. Nothing is written."));
    } else if (answer) {
        const Error& error = answer->failed.error();
        QString words = translated(error.message);
        for (const auto& side : {answer->asked.a, answer->asked.b}) {
            if (const Node* const node = side->find(error.node); node != nullptr && !words.contains(u'“'))
                words = tr("“%1”: %2").arg(titleOf(*node), words);
        }
        m_empty->set(QStringLiteral("error"), tr("These can't be compared"),
                     shownText(words + u' ' + translated(error.fix), kTipLength));
    } else {
        m_empty->set(icon, tr("The comparison was ended"), tr("Nothing was changed by it."));
    }
    m_pages->setCurrentIndex(1);
}

void EffectView::show(const EffectAnswerRef& answer) {
    if (m_shown == answer) return;
    m_shown = answer;
    const QString before = m_outputs.nameOf(m_outputTable->currentIndex().row());
    m_rows.set(nullptr, nullptr);
    m_outputs.set(answer);
    if (!answer) return;
    fitColumns(*m_outputTable, Theme::of(this).scaled(kWidestCell));
    int row = 0;
    for (int i = 0; i < m_outputs.rowCount(); ++i)
        if (m_outputs.nameOf(i) == before) row = i;
    m_outputTable->setCurrentIndex(m_outputs.index(row, 0));
    showRows();
}

void EffectView::showRows() {
    const int row = m_outputTable->currentIndex().row();
    m_rows.set(m_shown, m_outputs.port(row));
    fitColumns(*m_rowTable, Theme::of(this).scaled(kWidestCell));
    const std::uint64_t all = m_rows.total(), shown = static_cast<std::uint64_t>(m_rows.rowCount());
    const QString name = m_outputs.nameOf(row);
    if (const WhatIfPort* const of = m_outputs.port(row);
        of != nullptr && !of->differences.front().compared()) {
        const WhatIfDifference& difference = of->differences.front();
        m_rowWords->setText(translated(difference.missing) + u' ' + translated(difference.fix));
    } else if (all == 0) {
        m_rowWords->setText(tr("“%1” has the same rows in both versions.").arg(name));
    } else if (shown < all) {
        m_rowWords->setText(
            tr("“%1”: the first %2 of %3 that differ").arg(name, countText(shown), countedRows(all)));
    } else {
        m_rowWords->setText(tr("“%1”: %2 that differ").arg(name, countedRows(all)));
    }
}

void EffectView::retranslate() {
    m_shield->setText(tr("Touches no output"));
    m_shield->setToolTip(
        wrappedLines(tr("Both runs write nothing, open no connection, run no code and ask nobody.")));
    m_outputTable->setAccessibleName(tr("Effect on rows"));
    m_rowTable->setAccessibleName(tr("Rows that differ"));
    m_outputs.refresh();
    m_rows.refresh();
    showAll();
    showRows();
}

}  // namespace rw::ui
