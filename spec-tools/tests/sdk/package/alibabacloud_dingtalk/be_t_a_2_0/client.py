# -*- coding: utf-8 -*-
# A made-up service in the layout of the official package.
from typing import Dict
from Tea.core import TeaCore

from alibabacloud_tea_openapi.client import Client as OpenApiClient
from alibabacloud_tea_openapi import models as open_api_models
from alibabacloud_tea_util.client import Client as UtilClient
from alibabacloud_dingtalk.be_t_a_2_0 import models as dingtalkbe_t_a__2__0_models
from alibabacloud_tea_util import models as util_models
from alibabacloud_openapi_util.client import Client as OpenApiUtilClient


class Client(OpenApiClient):
    """
    *\
    """
    def __init__(
        self,
        config: open_api_models.Config,
    ):
        super().__init__(config)
        self._endpoint_rule = ''
        if UtilClient.empty(self._endpoint):
            self._endpoint = 'api.example.com'

    def get_other_with_options(
        self,
        headers: dingtalkbe_t_a__2__0_models.GetOtherHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkbe_t_a__2__0_models.GetOtherResponse:
        """
        @summary made up
        
        @return: GetOtherResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='GetOther',
            version='beta_2.0',
            protocol='HTTP',
            pathname=f'/v2.0/beta/other',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkbe_t_a__2__0_models.GetOtherResponse(),
            self.execute(params, req, runtime)
        )

    async def get_other_with_options_async(
        self,
        headers: dingtalkbe_t_a__2__0_models.GetOtherHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkbe_t_a__2__0_models.GetOtherResponse:
        """
        @summary made up
        
        @return: GetOtherResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='GetOther',
            version='beta_2.0',
            protocol='HTTP',
            pathname=f'/v2.0/beta/other',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkbe_t_a__2__0_models.GetOtherResponse(),
            await self.execute_async(params, req, runtime)
        )

    def get_other(
        self,
    ) -> dingtalkbe_t_a__2__0_models.GetOtherResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkbe_t_a__2__0_models.GetOtherHeaders()
        return self.get_other_with_options(headers, runtime)

    async def get_other_async(
        self,
    ) -> dingtalkbe_t_a__2__0_models.GetOtherResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkbe_t_a__2__0_models.GetOtherHeaders()
        return await self.get_other_with_options_async(headers, runtime)

    def delete_other_with_options(
        self,
        id: str,
        headers: dingtalkbe_t_a__2__0_models.DeleteOtherHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkbe_t_a__2__0_models.DeleteOtherResponse:
        """
        @summary made up
        
        @return: DeleteOtherResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='DeleteOther',
            version='beta_2.0',
            protocol='HTTP',
            pathname=f'/v2.0/beta/others/{id}',
            method='DELETE',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='none'
        )
        return TeaCore.from_map(
            dingtalkbe_t_a__2__0_models.DeleteOtherResponse(),
            self.execute(params, req, runtime)
        )

    async def delete_other_with_options_async(
        self,
        id: str,
        headers: dingtalkbe_t_a__2__0_models.DeleteOtherHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkbe_t_a__2__0_models.DeleteOtherResponse:
        """
        @summary made up
        
        @return: DeleteOtherResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='DeleteOther',
            version='beta_2.0',
            protocol='HTTP',
            pathname=f'/v2.0/beta/others/{id}',
            method='DELETE',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='none'
        )
        return TeaCore.from_map(
            dingtalkbe_t_a__2__0_models.DeleteOtherResponse(),
            await self.execute_async(params, req, runtime)
        )

    def delete_other(
        self,
        id: str,
    ) -> dingtalkbe_t_a__2__0_models.DeleteOtherResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkbe_t_a__2__0_models.DeleteOtherHeaders()
        return self.delete_other_with_options(id, headers, runtime)

    async def delete_other_async(
        self,
        id: str,
    ) -> dingtalkbe_t_a__2__0_models.DeleteOtherResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkbe_t_a__2__0_models.DeleteOtherHeaders()
        return await self.delete_other_with_options_async(id, headers, runtime)
