// The left side of the page: what is varied, A and B beside each other, and the way of B into the pipeline.
#pragma once
#include <QWidget>
#include <vector>

#include "widgets/what_if/param_card.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rw::ui {

class ElidedLabel;
class ParamPicker;

class SettingsSide final : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 336;

    /// The list to choose from lies over `over`.
    explicit SettingsSide(QWidget* over);

    /// What there is now. Cards of what is gone go; those that people ask about first come by themselves,
    /// until a person has chosen.
    void setVariations(std::vector<Variation> variations);
    /// Whether a run goes on, which edits do not reach.
    void setRunning(bool running);
    /// Another pipeline: all begins anew.
    void forget();
    void add(const std::string& name);
    ParamCard* card(const std::string& name) const;  ///< null: it is not varied
    const std::vector<ParamCard*>& cards() const { return m_cards; }

    std::vector<WhatIfSetting> settings(CompareSide side) const;
    bool differs() const;   ///< A and B
    int differing() const;  ///< how many parameters
    bool isAsItIs() const;  ///< A has the values of the pipeline
    bool hasVariations() const { return !m_variations.empty(); }
    QPushButton& addButton() const { return *m_add; }
    QPushButton& swapButton() const { return *m_swap; }
    QPushButton& useButton() const { return *m_use; }
    QPushButton& saveButton() const { return *m_save; }  ///< whether it can be pressed is the page's business
    void openPicker();

 Q_SIGNALS:
    void changed();
    void useRequested();
    void saveRequested();  ///< B as a test

 protected:
    void changeEvent(QEvent* event) override;

 private:
    QWidget* makeHead();
    QWidget* makeFoot();
    ParamCard* addCard(const Variation& variation);
    void removeCard(ParamCard* card);
    const Variation* find(const std::string& name) const;
    void swapSides();
    void tell();
    void refresh();
    void retranslate();
    void fit();

    std::vector<Variation> m_variations{};
    std::vector<ParamCard*> m_cards{};
    bool m_running = false;
    bool m_touched = false;  ///< a person has chosen: nothing more is offered by itself
    ParamPicker* m_picker;
    ElidedLabel* m_title;
    QPushButton *m_add, *m_swap, *m_use, *m_save;
    QLabel *m_a, *m_b, *m_none, *m_effect;
    QVBoxLayout* m_list;
};

}  // namespace rw::ui
