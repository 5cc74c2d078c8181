// The effect on rows as tables: the outputs with their counts, and the rows of one of them that differ.
#pragma once
#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <array>

#include "widgets/versions/effect_asker.h"

namespace rw::ui {

class EffectOutputs final : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { kOutput, kA, kB, kGone, kNew, kChanged, kSame, kShares, kColumns };
    /// Shares of gone, new, changed and same rows; an invalid value: they were not compared, or there are
    /// none.
    static constexpr int kSharesRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void set(EffectAnswerRef answer);  ///< null: none
    void refresh();                    ///< after a change of language or theme
    const WhatIfPort* port(int row) const;
    QString nameOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    QString text(int row, int column) const;

    EffectAnswerRef m_answer{};
};

/// A bar of the shares: red gone, green new, amber changed, the rest the same.
class SharesDelegate final : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

/// The first rows that differ, with a sign before them; of a changed cell both values.
class EffectRows final : public QAbstractTableModel {
    Q_OBJECT
 public:
    static constexpr std::size_t kMost = 1'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// Of `answer`, which it keeps; null: none.
    void set(EffectAnswerRef answer, const WhatIfPort* port);
    void refresh();
    /// How many differ, shown or not.
    std::uint64_t total() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Line {
        const WhatIfRow *a = nullptr, *b = nullptr;  ///< null: that side has none
        const WhatIfChange* change = nullptr;
    };
    QString cell(const Line& line, std::size_t column) const;

    EffectAnswerRef m_answer{};
    const WhatIfDifference* m_difference = nullptr;  ///< of m_answer
    std::vector<Line> m_lines{};
};

}  // namespace rw::ui
