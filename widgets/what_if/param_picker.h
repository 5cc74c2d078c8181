// The list of the parameters that can be varied, to be searched.
#pragma once
#include <QAbstractListModel>
#include <vector>

#include "widgets/theme/pick_popup.h"
#include "widgets/what_if/variations.h"

namespace rw::ui {

/// Those that match what is typed.
class VariationList final : public QAbstractListModel {
    Q_OBJECT
 public:
    using QAbstractListModel::QAbstractListModel;

    void set(std::vector<Variation> variations);
    void filter(const QString& typed);
    const Variation* at(const QModelIndex& index) const;  ///< null: none

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::vector<Variation> m_all{};
    std::vector<std::size_t> m_shown{};
};

class ParamPicker final : public PickPopup {
    Q_OBJECT
 public:
    explicit ParamPicker(QWidget* over);

    /// Under `anchor`.
    void open(std::vector<Variation> variations, const QWidget& anchor);

 Q_SIGNALS:
    void picked(const rw::ui::Variation& variation);

 private:
    void filter(const QString& typed) override;
    void accept() override;
    void leave() override;

    VariationList* m_model;
    QWidget* m_before = nullptr;
};

}  // namespace rw::ui
