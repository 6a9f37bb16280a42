"""Arrays whose references are not counted, for loops that hand many arrays from call to call.

Numba counts the references that compiled functions hold to an array with locked instructions, a
dozen or two for each call that takes a tuple of arrays.
"""

from __future__ import annotations

from typing import Any

from numba import config
from numba.extending import intrinsic, register_jitable

if getattr(config, "DISABLE_JIT"):  # noqa: B009 -- Numba makes its attributes at run time

    @register_jitable
    def borrow(array: Any) -> Any:
        """The array itself."""
        return array

else:
    from numba.np.arrayobj import populate_array

    @intrinsic
    def borrow(_typing: Any, array: Any) -> Any:
        """A view that owns nothing: who borrows must hold the array itself for as long."""

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            make = context.make_array(signature.args[0])
            owner, view = make(context, builder, args[0]), make(context, builder)
            parts = (owner.data, owner.shape, owner.strides, owner.itemsize)
            populate_array(view, *parts, meminfo=None)  # type: ignore[no-untyped-call]
            return view._getvalue()

        return array(array), generate
