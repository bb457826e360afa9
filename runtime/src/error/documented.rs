//! What makes an operation's enum of documented errors an error.

use super::ApiError;

/// All impls of an error enum, of which generated code gives the variants alone, in the order of their numbers. The enum
/// has `Other` as well.
///
/// An enum has up to a hundred variants, so what each costs is what matters: derived impls, with an arm a variant, took
/// twice the time.
#[doc(hidden)]
#[macro_export]
macro_rules! __error {
    ($name:ident, $($variant:ident),*) => {
        impl<const OPERATION: u64> $crate::generated::OperationError for $name<OPERATION> {
            #[inline]
            fn from_api(error: $crate::generated::ApiError) -> Self {
                $crate::generated::documented(error, &[$(Self::$variant),*], Self::Other)
            }

            #[inline]
            fn api(&self) -> &$crate::generated::ApiError {
                match self {
                    $(Self::$variant(error) |)* Self::Other(error) => error,
                }
            }
        }

        impl<const OPERATION: u64> $crate::generated::OfOperation for $name<OPERATION> {}

        impl<const OPERATION: u64> ::core::clone::Clone for $name<OPERATION> {
            #[inline]
            fn clone(&self) -> Self {
                $crate::generated::OperationError::from_api(
                    $crate::generated::OperationError::api(self).clone(),
                )
            }
        }

        impl<const OPERATION: u64> ::core::fmt::Debug for $name<OPERATION> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt($crate::generated::OperationError::api(self), f)
            }
        }

        impl<const OPERATION: u64> ::core::fmt::Display for $name<OPERATION> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::generated::OperationError::api(self).fmt(f)
            }
        }

        impl<const OPERATION: u64> ::core::error::Error for $name<OPERATION> {}
    };
}

/// The error as a value of the enum with these variants.
#[inline]
pub fn documented<E>(
    error: ApiError,
    variants: &[fn(ApiError) -> E],
    other: fn(ApiError) -> E,
) -> E {
    let variant = error.variant().and_then(|variant| variants.get(variant));
    variant.unwrap_or(&other)(error)
}
