// The rows of one input of a window join in one window, of which some are in files: by key groups.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/stream/joins/window_side.h"

namespace rw {

/// Those in files are in memory as long as they are looked at. Single-threaded.
class WindowScan {
 public:
    /// No row comes or retires, and none goes to a file, as long as there is the scan. The side outlives it.
    WindowScan(WindowSide& side, const Window& window);
    ~WindowScan() { release(); }
    WindowScan(const WindowScan&) = delete;
    WindowScan& operator=(const WindowScan&) = delete;

    std::uint64_t rows() const { return m_rows; }  ///< of the window
    /// About what the rows of a key group take in files and in memory, and what else is in the same pieces of
    /// files. 0: there are none.
    std::uint64_t bytesOf(int keyGroup) const { return m_bytes[static_cast<std::size_t>(keyGroup)]; }

    /// Begins with the rows of these key groups, once more it may be.
    void begin(const KeyGroups& groups);
    /// Appends the next ones to `slots`, in the same order each time: about `atMost`, and what else a section
    /// has of them; or none. False: there are no more.
    Result<bool> next(std::size_t atMost, std::vector<RowSlot>& slots);
    /// Rows that came from files are not looked at any more.
    void release();
    /// About what next() has given since release() takes in memory besides.
    std::uint64_t heldBytes() const { return m_held; }

 private:
    bool toNextSection();

    WindowSide& m_side;
    const Window m_window;
    std::vector<const WindowSide::Piece*> m_stored;
    std::vector<RowSlot> m_order{};  ///< rows in memory, by key group
    GroupBegins m_begins{};
    std::array<std::uint64_t, kKeyGroups> m_bytes{};
    std::uint64_t m_rows = 0;
    KeyGroups m_groups{0, 0};
    std::size_t m_piece = 0, m_section = 0;  ///< to be read next, of m_stored
    std::uint32_t m_next = 0, m_end = 0;     ///< in m_order
    std::vector<RowSlot> m_loaded{};         ///< from files
    std::uint64_t m_held = 0;
};

}  // namespace rw
