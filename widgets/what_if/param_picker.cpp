#include "widgets/what_if/param_picker.h"

#include <QApplication>
#include <QListView>
#include <QStyledItemDelegate>
#include <algorithm>
#include <utility>

#include "widgets/theme/search_field.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kPickerWidth = 320, kMostRows = 10;

QString wordsOf(const Variation& variation) {
    return variation.label + QStringLiteral(" · ") + variation.of;
}

}  // namespace

void VariationList::set(std::vector<Variation> variations) {
    m_all = std::move(variations);
    std::stable_partition(m_all.begin(), m_all.end(), [](const Variation& one) { return one.first; });
    filter({});
}

void VariationList::filter(const QString& typed) {
    beginResetModel();
    m_shown.clear();
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        const QString text = wordsOf(m_all[i]) + u' ' + QString::fromStdString(m_all[i].name);
        const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return text.contains(word, Qt::CaseInsensitive);
        });
        if (fits) m_shown.push_back(i);
    }
    endResetModel();
}

const Variation* VariationList::at(const QModelIndex& index) const {
    return index.isValid() ? &m_all[m_shown[static_cast<std::size_t>(index.row())]] : nullptr;
}

int VariationList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant VariationList::data(const QModelIndex& index, int role) const {
    const Variation* const one = at(index);
    if (one == nullptr) return {};
    if (role == Qt::DisplayRole) return wordsOf(*one);
    if (role == Qt::ToolTipRole) return tipText(wordsOf(*one) + u'\n' + QString::fromStdString(one->name));
    return {};
}

ParamPicker::ParamPicker(QWidget* over)
    : PickPopup(new VariationList, new QStyledItemDelegate, over),
      m_model(static_cast<VariationList*>(list().model())) {}

void ParamPicker::open(std::vector<Variation> variations, const QWidget& anchor) {
    if (!isVisible()) m_before = QApplication::focusWidget();
    field().setPlaceholder(tr("Search parameters and variables"));
    list().setAccessibleName(tr("Parameters that can be varied"));
    m_model->set(std::move(variations));
    field().clear();
    const QWidget& over = *parentWidget();
    setFixedWidth(std::min(Theme::of(this).scaled(kPickerWidth), over.width() - 2 * metrics::kGrid));
    filter({});
    const QPoint corner = anchor.mapTo(&over, QPoint(0, anchor.height() + metrics::kStep));
    move(std::clamp(corner.x(), metrics::kGrid, std::max(metrics::kGrid, over.width() - width())),
         corner.y());
    show();
    raise();
    field().setFocus(Qt::PopupFocusReason);
}

void ParamPicker::filter(const QString& typed) {
    m_model->filter(typed);
    fitList(kMostRows, typed.trimmed().isEmpty() ? tr("There is no other duration or number to vary.")
                                                 : tr("Nothing is called “%1”.").arg(typed.trimmed()));
}

void ParamPicker::accept() {
    const Variation* const one = m_model->at(list().currentIndex());
    if (one == nullptr) return;
    const Variation chosen = *one;
    leave();
    Q_EMIT picked(chosen);
}

void ParamPicker::leave() {
    hide();
    if (m_before != nullptr) m_before->setFocus(Qt::PopupFocusReason);
}

}  // namespace rw::ui
