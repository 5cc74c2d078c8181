// The left side of the page: what is varied, A and its variants beside each other, and the way of one of
// these into the pipeline.
#pragma once
#include <QWidget>
#include <array>
#include <vector>

#include "widgets/what_if/param_card.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rw::ui {

class ElidedLabel;
class ParamPicker;
class SegmentedControl;

class SettingsSide final : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 336;

    /// The list to choose from lies over `over`.
    explicit SettingsSide(QWidget* over);

    /// What there is now. Cards of what is gone go; those that people ask about first come by themselves,
    /// until a person has chosen.
    void setVariations(std::vector<Variation> variations);
    /// Whether a run goes on, and whether it goes on with the values that are used.
    void setRunning(bool running, bool takes);
    /// Another pipeline: all begins anew.
    void forget();
    void add(const std::string& name);
    ParamCard* card(const std::string& name) const;  ///< null: it is not varied
    const std::vector<ParamCard*>& cards() const { return m_cards; }

    std::vector<WhatIfSetting> settings(CompareSide side) const;
    std::size_t sides() const { return m_sides; }  ///< A and the variants, of which there is one at least
    /// The variant whose rows and figures stand beside those of A, and that may be used.
    CompareSide shown() const { return m_shown; }
    void choose(CompareSide variant);
    void addVariant();  ///< with the values of the last; nothing where there are kMostSides
    void removeVariant(CompareSide variant);
    bool differs() const;   ///< a variant from A
    int differing() const;  ///< how many parameters
    bool isAsItIs() const;  ///< A has the values of the pipeline
    bool hasVariations() const { return !m_variations.empty(); }
    QPushButton& addButton() const { return *m_add; }
    QPushButton& addVariantButton() const { return *m_addVariant; }
    QPushButton& removeVariantButton() const { return *m_removeVariant; }
    SegmentedControl& variants() const { return *m_variants; }
    QPushButton& swapButton() const { return *m_swap; }
    QPushButton& useButton() const { return *m_use; }
    QPushButton& saveButton() const { return *m_save; }  ///< whether it can be pressed is the page's business
    void openPicker();

 Q_SIGNALS:
    void changed();
    void shownChanged();
    void useRequested();
    void saveRequested();  ///< the variant on show as a test

 protected:
    void changeEvent(QEvent* event) override;

 private:
    QWidget* makeHead();
    QWidget* makeFoot();
    ParamCard* addCard(const Variation& variation);
    void removeCard(ParamCard* card);
    const Variation* find(const std::string& name) const;
    QWidget* makeVariants();
    void swapSides();
    void setSides();
    void tell();
    void refresh();
    void retranslate();
    void fit();

    std::vector<Variation> m_variations{};
    std::vector<ParamCard*> m_cards{};
    bool m_running = false, m_takes = false;
    bool m_touched = false;  ///< a person has chosen: nothing more is offered by itself
    ParamPicker* m_picker;
    ElidedLabel* m_title;
    std::size_t m_sides = 2;
    CompareSide m_shown = CompareSide::B;
    QPushButton *m_add, *m_swap, *m_use, *m_save, *m_addVariant, *m_removeVariant;
    std::array<SideSign*, kMostSides> m_signs{};
    QLabel* m_variantsLabel;
    SegmentedControl* m_variants;
    QLabel *m_a, *m_b, *m_none, *m_effect;
    QVBoxLayout* m_list;
};

}  // namespace rw::ui
